import './desk.css'
import { useEffect } from 'react'
import { Guard } from '../parts/Guard.tsx'
import { useRoom } from '../sync/store.ts'
import { Bar } from './Bar.tsx'
import { Case } from './Case.tsx'
import { DeedSheet } from './DeedSheet.tsx'
import { useDeskKeys } from './desk-keys.ts'
import { Help } from './Help.tsx'
import { Incidents } from './Incidents.tsx'
import { Intake } from './Intake.tsx'
import { Log } from './Log.tsx'
import { Notices } from './Notices.tsx'
import { restoreReports, useReports } from './reports.ts'
import { useRinging } from './ringing-sound.ts'
import { useKeptShiftNow } from './shift-now.ts'
import { Strip } from './Strip.tsx'
import { Todo } from './Todo.tsx'
import { idOf } from './deed.ts'
import { toOpenRow, useWhere } from './where.ts'

/** 值守: the duty officer's desk, keys only. */
export default function Desk() {
  const author = useRoom(room => room.me?.username)
  useEffect(() => {
    if (author !== undefined) void restoreReports(author)
  }, [author])
  useDeskKeys()
  return (
    <div className="desk" data-screen="desk">
      <Background />
      <Bar />
      <Notices />
      <Strip />
      <Middle />
      <Foot />
    </div>
  )
}

/** What goes on behind the panes and paints nothing. */
function Background() {
  useKeptShiftNow()
  useRinging()
  return null
}

function Middle() {
  const report = useReports(r => r.current)
  const view = useWhere(w => w.view)
  const deed = useWhere(w => w.deed)
  const isAway = report !== null || view === 'log' || view === 'help'
  useEffect(() => {
    if (!isAway) toOpenRow()
  }, [isAway])
  const shown = report !== null ? 'intake' : view === 'log' || view === 'help' ? view : 'room'
  return (
    <main className="panes" data-shown={shown}>
      <Guard name="事件列表">
        <Incidents />
      </Guard>
      <div className="middle">
        <Guard name="本栏">
          {shown === 'intake' && <Intake key={report} id={report!} />}
          {shown === 'log' && <Log />}
          {shown === 'help' && <Help />}
          {shown === 'room' && <Case />}
          {shown === 'room' && deed && <DeedSheet key={`${deed.deed.command} ${idOf(deed.deed.on, deed.target)}`} opened={deed} />}
        </Guard>
      </div>
      <Guard name="要办">
        <Todo />
      </Guard>
    </main>
  )
}

function Foot() {
  const note = useWhere(w => w.note)
  return (
    <footer className="foot">
      <p role="status" data-role="note" data-no={note?.isNo || undefined}>
        {note?.text}
      </p>
      <span className="quiet">
        <kbd>F2</kbd> 新报 <kbd>↑↓</kbd> 移动 <kbd>←→</kbd> 换栏 <kbd>F8</kbd> 日志 <kbd>?</kbd> 按键
      </span>
    </footer>
  )
}
