import './style/tokens.css'
import './style/base.css'
import { lazy, Suspense, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Role } from '@duty/shared/kernel/kind.ts'
import { Problem } from './sync/command.ts'
import { keepSending } from './sync/outbox.ts'
import { whoAmI } from './sync/session.ts'
import { connect } from './sync/socket.ts'
import { useRoom, type Me } from './sync/store.ts'

const FACES = {
  wall: lazy(() => import('./wall/Wall.tsx')),
  desk: lazy(() => import('./desk/Desk.tsx')),
  phone: lazy(() => import('./phone/Phone.tsx')),
  office: lazy(() => import('./office/Office.tsx')),
}
type Face = keyof typeof FACES
/** Most who open a page are signed in already. */
const SignIn = lazy(() => import('./parts/SignIn.tsx'))

const HOMES: [Role, Face][] = [
  ['officer', 'desk'],
  ['chief', 'desk'],
  ['lead', 'desk'],
  ['leader', 'phone'],
  ['liaison', 'phone'],
  ['admin', 'office'],
  ['auditor', 'office'],
]

/** Each role lands on its own face. */
const homeOf = (me: Me): Face => HOMES.find(([role]) => me.roles.includes(role))?.[1] ?? 'phone'

const TRY_AGAIN_MS = 3_000

/** The face of a signed-in person; the sign-in where nobody is. */
function Signed({ asked }: { asked: Face | null }) {
  const me = useRoom(room => room.me)
  const refused = useRoom(room => room.refused)
  const [away, setAway] = useState(false)

  useEffect(() => {
    let retry = 0
    const look = () =>
      whoAmI().then(
        () => setAway(false),
        (error: unknown) => {
          if (!(error instanceof Problem)) throw error
          setAway(true)
          retry = window.setTimeout(() => void look(), TRY_AGAIN_MS)
        },
      )
    void look()
    return () => window.clearTimeout(retry)
  }, [])

  const username = me?.username
  useEffect(() => (username === undefined ? undefined : connect()), [username])

  const face = me && (asked ?? homeOf(me))
  useEffect(() => {
    if (face && !location.pathname.startsWith(`/${face}`)) history.replaceState(null, '', `/${face}`)
  }, [face])

  if (face) {
    const Shown = FACES[face]
    return <Shown />
  }
  if (refused) return <SignIn />
  return <p className="away">{away ? '连不上服务器，正在重试…' : '正在打开…'}</p>
}

/** The path says which face; a wall looks after its own right to look. */
function App() {
  const [, first = ''] = location.pathname.split('/')
  const asked = first in FACES ? (first as Face) : null
  return <Suspense fallback={<p className="loading">正在打开…</p>}>{asked === 'wall' ? <FACES.wall /> : <Signed asked={asked} />}</Suspense>
}

const dark = matchMedia('(prefers-color-scheme: dark)')
const followSystem = () => (document.documentElement.dataset.theme = dark.matches ? 'night' : 'day')
if (!location.pathname.startsWith('/wall')) {
  followSystem()
  dark.addEventListener('change', followSystem)
}

keepSending()
if ('serviceWorker' in navigator && import.meta.env.PROD) void navigator.serviceWorker.register('/sw.js')
createRoot(document.getElementById('root')!).render(<App />)
