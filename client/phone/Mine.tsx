import { unitName } from '@duty/shared/reference/units.ts'
import { useState } from 'react'
import { LinkLamp } from '../parts/LinkLamp.tsx'
import { SoundState } from '../parts/SoundState.tsx'
import { sound } from '../parts/alarm.ts'
import { Problem } from '../sync/command.ts'
import { useOutbox } from '../sync/outbox.ts'
import { signOut } from '../sync/session.ts'
import type { Me } from '../sync/store.ts'
import { isLiaison } from './may.ts'
import { keepRoomPhone, roomPhone, telOf } from './room-phone.ts'
import { Tabs } from './Tabs.tsx'

/** Who is signed in, and in plain words what this phone can do and what it cannot. */
export function Mine({ me, waiting }: { me: Me; waiting: number }) {
  const { waiting: unsent } = useOutbox()
  const [no, setNo] = useState<string | null>(null)
  const leave = () =>
    signOut().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      setNo(error.detail)
    })
  return (
    <>
      <header className="top">
        <h1>
          {me.name} {me.title}
        </h1>
      </header>
      <main className="list plain">
        {me.units.length > 0 && <p>{me.units.map(unitName).join('、')}</p>}
        <p>
          <LinkLamp />
        </p>
        <p>待发送 {unsent} 条</p>
        <SoundState />
        <button type="button" className="wide-button quiet-button" onClick={() => sound('level2')}>
          试听提示音
        </button>
        <RoomPhone />
        <h2>这部手机能做什么</h2>
        <ul className="points">
          <li>打开本页时，新情况立即显示并响铃。</li>
          <li>离线可用：看过的内容仍可查看；签收、{isLiaison(me) ? '反馈、报告' : '批示、指令'}会排队，联网后自动发送，只发一次。</li>
          <li>打开一条只算“已读”，点“签收”才算签收。</li>
        </ul>
        <h2>不能做什么</h2>
        <ul className="points">
          <li>推送尚未启用：锁屏或退出后收不到提醒，请保持本页打开。一、二级事件值班室会电话通知。</li>
          <li>手机静音或勿扰时本页不能响铃。</li>
          <li>顶部出现“数据中断”时，所示内容不是最新，急事请打电话。</li>
        </ul>
        <button type="button" className="wide-button" onClick={() => void leave()}>
          退出登录
        </button>
        {no && (
          <p className="wrong" role="alert">
            {no}
          </p>
        )}
      </main>
      <Tabs at="mine" waiting={waiting} />
    </>
  )
}

function RoomPhone() {
  const [number, setNumber] = useState(roomPhone)
  const [kept, setKept] = useState(roomPhone)
  const tel = telOf(number)
  return (
    <form
      className="room-phone"
      onSubmit={e => {
        e.preventDefault()
        keepRoomPhone(number)
        setKept(number)
      }}
    >
      <label>
        值班室电话{kept === '' && '（系统尚未配置，请填写一次，本机记住）'}
        <input type="tel" inputMode="tel" autoComplete="off" value={number} onChange={e => setNumber(e.target.value)} />
      </label>
      {number === kept && tel ? (
        <a className="wide-button" href={tel}>
          拨打值班室
        </a>
      ) : (
        <button type="submit" className="wide-button" disabled={!tel}>
          记住
        </button>
      )}
    </form>
  )
}
