import { useState, type FormEvent } from 'react'
import { Problem } from '../sync/command.ts'
import { typedIn } from './form.ts'
import { signIn } from '../sync/session.ts'

/** 登录: name and password; the code only where the server asks for it. */
export default function SignIn() {
  const [wantsCode, setWantsCode] = useState(false)
  const [busy, setBusy] = useState(false)
  const [no, setNo] = useState<string | null>(null)

  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const field = typedIn(e)
    setBusy(true)
    setNo(null)
    try {
      await signIn(field('username').trim(), field('password'), field('totp').trim() || undefined)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'totp-required') setWantsCode(true)
      else setNo(sentence(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className="sign-in" data-screen="sign-in">
      <form onSubmit={e => void submit(e)} aria-busy={busy}>
        <h1>中山市总值班室</h1>
        <label>
          用户名
          <input name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus />
        </label>
        <label>
          密码
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {wantsCode && (
          <label>
            动态口令
            <input name="totp" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" maxLength={6} required autoFocus />
          </label>
        )}
        <p className="sign-in-no" role="alert">
          {no}
        </p>
        <button type="submit" className="primary" disabled={busy}>
          {busy ? '正在登录…' : '登录'}
        </button>
        <p className="sign-in-note">未发出的内容和草稿保留在本机，登录后自动恢复。</p>
      </form>
    </main>
  )
}

function sentence(problem: Problem): string {
  if (problem.status !== 429 || !problem.retryAfterSeconds) return problem.detail
  const minutes = Math.ceil(problem.retryAfterSeconds / 60)
  return `登录失败次数过多，请约 ${minutes} 分钟后再试；急事请拨打值班电话。`
}
