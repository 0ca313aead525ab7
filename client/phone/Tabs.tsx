import { A } from './A.tsx'

const TABS = [
  ['', '当前'],
  ['history', '历史'],
  ['mine', '我的'],
] as const

/** The three pages of the phone. */
export const Tabs = ({ at, waiting }: { at: string; waiting?: number }) => (
  <nav className="tabs" aria-label="页面">
    {TABS.map(([to, name]) => (
      <A key={to} to={to} current={to === at}>
        {name}
        {to === '' && waiting ? <span className="badge">{waiting}</span> : null}
      </A>
    ))}
  </nav>
)
