import './wall.css'
import './incidents.css'
import './towns.css'
import './panes.css'
import './pairing.css'
import { useEffect, useMemo, useState } from 'react'
import { Guard } from '../parts/Guard.tsx'
import { hhmm } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'
import { Problem } from '../sync/command.ts'
import { whoAmI } from '../sync/session.ts'
import { connect, paintedUpTo } from '../sync/socket.ts'
import { useRoom, useThings } from '../sync/store.ts'
import { Alerts } from './Alerts.tsx'
import { rowsOf, type ShownAlert, type ShownIncident } from './board.ts'
import { Deadlines } from './Deadlines.tsx'
import { Header } from './Header.tsx'
import { Incidents } from './Incidents.tsx'
import { Instructions } from './Instructions.tsx'
import { useKeepGoing, useOrbit } from './keep-going.ts'
import { OnDuty } from './OnDuty.tsx'
import { Pairing } from './Pairing.tsx'
import { useRings } from './rings.ts'
import { useScreen } from './screen.ts'
import { fit } from './sizes.ts'
import { Summary } from './Summary.tsx'
import { Towns } from './Towns.tsx'

const TRY_AGAIN_MS = 5_000

/** By the hour: night from 19:00 to 07:00. */
const isNight = (now: number) => hhmm(now) >= '19:00' || hhmm(now) < '07:00'

function useTheme(): boolean {
  const chosen = useScreen(screen => screen.theme)
  const now = useNow(60_000)
  const night = chosen ? chosen === 'night' : isNight(now)
  useEffect(() => {
    document.documentElement.dataset.theme = night ? 'night' : 'day'
  }, [night])
  return night
}

function useWindow(): { width: number; height: number } {
  const [size, setSize] = useState({ width: innerWidth, height: innerHeight })
  useEffect(() => {
    const measure = () => setSize({ width: innerWidth, height: innerHeight })
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  return size
}

/** Looks with the screen's own token, else with the session of whoever is signed in, else asks to be paired. */
function useRightToLook(): 'looking' | 'asking' | 'none' {
  const token = useScreen(screen => screen.token)
  const me = useRoom(room => room.me?.username)
  const refused = useRoom(room => room.refused)

  useEffect(() => {
    if (token || me) return
    const look = () =>
      whoAmI().catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
      })
    void look()
    const retry = window.setInterval(() => useRoom.getState().refused || void look(), TRY_AGAIN_MS)
    return () => window.clearInterval(retry)
  }, [token, me])

  useEffect(() => {
    if (token) return connect({ token })
    if (me) return connect()
  }, [token, me])

  if (refused) return 'none'
  return token || me ? 'looking' : 'asking'
}

/** Tells the server what has been painted, line by line. */
function usePainted(): void {
  const seq = useRoom(room => (room.joined ? room.board.seq : 0))
  useEffect(() => {
    if (seq) paintedUpTo(seq)
  }, [seq])
}

/** The fixed picture: nothing scrolls, nothing rotates, everything has its place. */
function Picture({ night }: { night: boolean }) {
  const { width, height } = useWindow()
  const diagonalInches = useScreen(screen => screen.diagonalInches)
  const distanceMetres = useScreen(screen => screen.distanceMetres)
  const fitted = useMemo(() => fit({ width, height, diagonalInches, distanceMetres }), [width, height, diagonalInches, distanceMetres])
  const incidents = useThings<ShownIncident>('incident')
  const alerts = useThings<ShownAlert>('alert')
  const rows = useMemo(() => rowsOf(incidents, alerts), [incidents, alerts])
  const link = useRoom(room => room.link)
  const transform = useOrbit()
  useRings(rows, night)
  useKeepGoing(rows.every(r => r.unackedSince === null))
  usePainted()

  const { t1, t2, t3, u, matrix, matrixWidth, paneLines } = fitted
  const sizes = { ['--t1' as string]: `${t1}px`, ['--t2' as string]: `${t2}px`, ['--t3' as string]: `${t3}px`, ['--u' as string]: `${u}px` }
  return (
    <main className="wall" data-screen="wall" data-link={link} data-matrix={matrix} style={{ ...sizes, ['--matrix' as string]: `${matrixWidth}px`, transform }}>
      <Guard name="抬头">
        <Header rows={rows} />
      </Guard>
      <div className="wall-body">
        <div className="wall-left">
          <Guard name="事件">
            <Incidents rows={rows} fit={fitted} />
          </Guard>
          {matrix ? (
            <div className="wall-panes">
              <Guard name="时限">
                <Deadlines lines={paneLines} />
              </Guard>
              <Guard name="待签收">
                <Alerts lines={paneLines} />
              </Guard>
              <Guard name="指示">
                <Instructions />
              </Guard>
            </div>
          ) : (
            <Guard name="汇总">
              <Summary />
            </Guard>
          )}
        </div>
        {matrix && (
          <div className="wall-right">
            <Guard name="镇街">
              <Towns rows={rows} />
            </Guard>
            <Guard name="值班">
              <OnDuty />
            </Guard>
          </div>
        )}
      </div>
    </main>
  )
}

/** 大屏: what the whole room must know, read from three distances. */
export default function Wall() {
  const night = useTheme()
  const right = useRightToLook()
  const token = useScreen(screen => screen.token)
  if (right === 'none') return <Pairing revoked={token !== null} />
  if (right === 'asking') return <p className="away">正在连接…</p>
  return <Picture night={night} />
}
