import { useState, type FormEvent } from 'react'
import { typedIn } from '../parts/form.ts'
import SignIn from '../parts/SignIn.tsx'
import { ask, Problem } from '../sync/command.ts'
import { keepScreen, useScreen } from './screen.ts'

/** 配对: a screen that knows neither token nor session is told a code once, and what panel it is. */
export function Pairing({ revoked }: { revoked: boolean }) {
  const { name, diagonalInches, distanceMetres } = useScreen()
  const [no, setNo] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [byAccount, setByAccount] = useState(false)

  async function pair(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const field = typedIn(e)
    const name = field('name').trim()
    setBusy(true)
    setNo(null)
    try {
      const { token } = await ask<{ token: string }>('POST', '/api/screens', { body: { code: field('code').trim(), name } })
      keepScreen({ token, name, diagonalInches: Number(field('diagonal')), distanceMetres: Number(field('distance')) })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setNo(error.detail)
    } finally {
      setBusy(false)
    }
  }

  if (byAccount) return <SignIn />
  return (
    <main className="pairing" data-screen="pairing">
      <form onSubmit={e => void pair(e)} aria-busy={busy}>
        <h1>大屏配对</h1>
        <p>{revoked ? '本屏幕的授权已失效，请重新配对。' : '请管理员在后台生成配对码，10 分钟内在此输入。'}</p>
        <label>
          配对码
          <input name="code" autoComplete="off" autoCapitalize="characters" spellCheck={false} required autoFocus />
        </label>
        <label>
          屏幕名称
          <input name="name" defaultValue={name || '值班大厅主屏'} maxLength={40} required />
        </label>
        <div className="pairing-panel">
          <label>
            对角线（英寸）
            <input name="diagonal" type="number" min={10} max={1000} step="any" defaultValue={diagonalInches} required />
          </label>
          <label>
            观看距离（米）
            <input name="distance" type="number" min={0.5} max={50} step="any" defaultValue={distanceMetres} required />
          </label>
        </div>
        <p className="sign-in-no" role="alert">
          {no}
        </p>
        <button type="submit" className="primary" disabled={busy}>
          配对
        </button>
        <button type="button" className="quiet" onClick={() => setByAccount(true)}>
          用账号登录查看
        </button>
      </form>
    </main>
  )
}
