import { useState } from 'react'
import { ask } from '../sync/command.ts'
import { chosen, Form, typed } from './Form.tsx'
import { usePages } from './pages.ts'
import { stamp } from './stamp.ts'
import { Table, type Column } from './Table.tsx'

interface Bearer {
  id: string
  name: string
  scopes: string[]
  madeBy: string
  madeAt: string
}

const SCOPES: Record<string, string> = { ingest: '报送事件', read: '读取' }

const columnsOf = (path: string, revoke: (b: Bearer) => void): Column<Bearer>[] => [
  { head: '名称', cell: b => b.name },
  ...(path === '/api/keys' ? [{ head: '权限', cell: (b: Bearer) => b.scopes.map(s => SCOPES[s] ?? s).join('、') }] : []),
  { head: '建立', cell: b => stamp(b.madeAt) },
  { head: '经办', cell: b => b.madeBy },
  { head: '操作', cell: b => <button type="button" onClick={() => revoke(b)}>吊销</button> },
]

/** What bears a token: who it is, since when, and the button that revokes it. */
function Bearers({ path, caption, pages }: { path: string; caption: string; pages: ReturnType<typeof usePages<Bearer>> }) {
  const [asked, setAsked] = useState<Bearer | null>(null)
  return (
    <>
      <Table
        caption={caption}
        {...pages}
        keyOf={b => b.id}
        columns={columnsOf(path, setAsked)}
      />
      {asked && (
        <Form
          key={asked.id}
          name={`吊销“${asked.name}”？立即失效，不能恢复`}
          submit="确定吊销"
          deed={async () => {
            await ask('DELETE', `${path}/${asked.id}`)
            setAsked(null)
            pages.again()
            return '已吊销'
          }}
        >
          <button type="button" onClick={() => setAsked(null)}>
            不吊销
          </button>
        </Form>
      )}
    </>
  )
}

/** 大屏: pairing a wall, and which walls are paired. */
export function Screens() {
  const pages = usePages<Bearer>('/api/screens')
  const [code, setCode] = useState<string | null>(null)
  return (
    <>
      <Form
        name="配对新大屏"
        submit="生成配对码"
        deed={async () => {
          setCode((await ask<{ code: string }>('POST', '/api/screens/codes')).code)
          return '配对码 10 分钟内有效，只能用一次'
        }}
      >
        <p className="quiet">在大屏上打开本系统的 /wall 页面，输入配对码。</p>
      </Form>
      {code && <output className="secret">{code}</output>}
      <Bearers path="/api/screens" caption="已配对的大屏" pages={pages} />
    </>
  )
}

/** 密钥: other systems that may report or read. */
export function Keys() {
  const pages = usePages<Bearer>('/api/keys')
  const [key, setKey] = useState<string | null>(null)
  return (
    <>
      <Form
        name="新建密钥"
        submit="新建"
        deed={async said => {
          const made = await ask<{ key: string }>('POST', '/api/keys', { body: { name: typed(said, 'name') ?? '', scopes: chosen(said, 'scopes') } })
          setKey(made.key)
          pages.again()
          return '密钥只显示这一次，请立即抄录'
        }}
      >
        <label>
          名称 <input name="name" required maxLength={60} />
        </label>
        <fieldset>
          <legend>权限</legend>
          {Object.entries(SCOPES).map(([scope, word]) => (
            <label key={scope} className="tick">
              <input type="checkbox" name="scopes" value={scope} /> {word}
            </label>
          ))}
        </fieldset>
      </Form>
      {key && <output className="secret">{key}</output>}
      <Bearers path="/api/keys" caption="密钥" pages={pages} />
    </>
  )
}
