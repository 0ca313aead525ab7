import type { Account } from '@duty/shared/account/account.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { POSTS, postName } from '@duty/shared/reference/posts.ts'
import { UNITS, unitName } from '@duty/shared/reference/units.ts'
import { useState } from 'react'
import { say } from '../sync/command.ts'
import type { Me } from '../sync/store.ts'
import { chosen, Form, typed } from './Form.tsx'
import { usePages, useRead } from './pages.ts'
import { ROLE_WORDS, rolesWords } from './role-words.ts'
import { Table, type Column } from './Table.tsx'

const columnsOf = (change: ((username: string) => void) | null): Column<Thing<Account>>[] => [
  { head: '用户名', cell: a => a.username },
  { head: '姓名', cell: a => `${a.name} ${a.title ?? ''}` },
  { head: '角色', cell: a => rolesWords(a.roles) },
  { head: '单位', cell: a => a.units.map(unitName).join('、') },
  { head: '岗位', cell: a => a.posts.map(postName).join('、') },
  { head: '电话', cell: a => a.phone ?? '' },
  { head: '动态口令', cell: a => (a.totp ? '已绑定' : '') },
  { head: '状态', cell: a => (a.disabled ? '已停用' : '正常') },
  ...(change ? [{ head: '操作', cell: (a: Thing<Account>) => <button type="button" onClick={() => change(a.username)}>变更</button> }] : []),
]

/** 账号: who may come in, as what, for which unit, in which post. */
export function Accounts({ me }: { me: Me }) {
  const [q, setQ] = useState('')
  const [edited, setEdited] = useState<string | null>(null)
  const pages = usePages<Thing<Account>>(`/api/accounts?limit=100${q && `&q=${encodeURIComponent(q)}`}`)
  const isAdmin = me.roles.includes('admin')
  const account = pages.items.find(a => a.username === edited)
  return (
    <>
      <label className="search">
        姓名或职务 <input type="search" value={q} maxLength={100} onChange={e => setQ(e.target.value)} />
      </label>
      <Table
        caption="账号"
        {...pages}
        keyOf={a => a.id}
        columns={columnsOf(isAdmin ? setEdited : null)}
      />
      {isAdmin && account && <Change key={account.id + account.version} account={account} changed={pages.again} close={() => setEdited(null)} />}
      {isAdmin && (
        <Form
          name="新增账号"
          submit="新增"
          deed={async said => {
            await say('account.add', { username: typed(said, 'username') ?? '', ...profileOf(said), password: typed(said, 'password') })
            pages.again()
            return '已新增'
          }}
        >
          <label>
            用户名 <input name="username" required autoCapitalize="none" autoComplete="off" />
          </label>
          <Profile />
          <label>
            初始密码（至少 10 位） <input name="password" type="password" minLength={10} autoComplete="new-password" required />
          </label>
        </Form>
      )}
    </>
  )
}

function Change({ account, changed, close }: { account: Thing<Account>; changed(): void; close(): void }) {
  const { username, name } = account
  return (
    <section aria-label={`变更 ${name}`}>
      <Form
        name={`变更 ${name}（${username}）`}
        submit="保存"
        deed={async said => {
          await say('account.change', { person: username, ...profileOf(said) })
          changed()
          return '已保存'
        }}
      >
        <Profile account={account} />
      </Form>
      <Form
        name={`重设 ${name} 的密码`}
        submit="重设"
        deed={async said => {
          await say('account.setPassword', { person: username, password: typed(said, 'password') ?? '' })
          return '已重设'
        }}
      >
        <label>
          新密码（至少 10 位） <input name="password" type="password" minLength={10} autoComplete="new-password" required />
        </label>
      </Form>
      {!account.disabled && (
        <Form
          name={`停用 ${name}`}
          submit="停用"
          deed={async said => {
            await say('account.disable', { person: username, reason: typed(said, 'reason') })
            changed()
            return '已停用'
          }}
        >
          <label>
            原因 <input name="reason" required />
          </label>
        </Form>
      )}
      <button type="button" onClick={close}>
        收起
      </button>
    </section>
  )
}

const profileOf = (said: FormData) => ({
  name: typed(said, 'name') ?? '',
  title: typed(said, 'title'),
  phone: typed(said, 'phone'),
  roles: chosen(said, 'roles'),
  units: chosen(said, 'units'),
  posts: chosen(said, 'posts'),
})

function Profile({ account }: { account?: Account }) {
  const { data } = useRead<{ items: { slug: string; name: string }[] }>('/api/reference/units')
  const units = data?.items ?? UNITS.items
  return (
    <>
      <label>
        姓名 <input name="name" defaultValue={account?.name} required maxLength={40} />
      </label>
      <label>
        职务 <input name="title" defaultValue={account?.title} maxLength={60} />
      </label>
      <label>
        电话 <input name="phone" type="tel" defaultValue={account?.phone} maxLength={40} />
      </label>
      <fieldset>
        <legend>角色</legend>
        {Object.entries(ROLE_WORDS).map(([role, word]) => (
          <label key={role} className="tick">
            <input type="checkbox" name="roles" value={role} defaultChecked={account?.roles.some(r => r === role)} /> {word}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>常设岗位</legend>
        {POSTS.items
          .filter(p => !p.perShift)
          .map(p => (
            <label key={p.slug} className="tick">
              <input type="checkbox" name="posts" value={p.slug} defaultChecked={account?.posts.includes(p.slug)} /> {p.name}
            </label>
          ))}
      </fieldset>
      <label>
        单位（可多选）
        <select key={units.length} name="units" multiple size={6} defaultValue={account?.units ?? []}>
          {units.map(u => (
            <option key={u.slug} value={u.slug}>
              {u.name}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}
