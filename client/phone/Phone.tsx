import { lazy, Suspense, useMemo } from 'react'
import { Guard } from '../parts/Guard.tsx'
import type { Me } from '../sync/store.ts'
import { useRoom } from '../sync/store.ts'
import { Banners } from './Banners.tsx'
import { Current } from './Current.tsx'
import { IncidentCard } from './IncidentCard.tsx'
import { patiently } from './patiently.ts'
import { useRoute } from './route.ts'
import { useOpenRows } from './open-rows.ts'
import './phone.css'
import './list.css'
import './card.css'
import './form.css'

const loadFurther = patiently(async () => {
  const [further] = await Promise.all([import('./Further.tsx'), import('./Outgoing.tsx')])
  return further
})
const Further = lazy(loadFurther)
const fetchFurther = () => void loadFurther()

/** The phone of a leader or of a unit's liaison. */
export default function Phone() {
  const me = useRoom(room => room.me)
  if (!me) return null
  return (
    <div className="phone" data-screen="mobile">
      <Guard name="提示">
        <Banners />
      </Guard>
      <Guard name="本页">
        <Suspense fallback={<p className="quiet">正在打开…</p>}>
          <Page me={me} />
        </Suspense>
      </Guard>
    </div>
  )
}

/** The list and the card come first and at once; everything behind them is fetched when the first card opens. */
function Page({ me }: { me: Me }) {
  const route = useRoute()
  const units = me.units.join()
  const holder = useMemo(() => ({ username: me.username, units: units ? units.split(',') : [] }), [me.username, units])
  const rows = useOpenRows(holder)
  const [page, id = ''] = route
  if (page === undefined) return <Current me={me} holder={holder} rows={rows} />
  if (page === 'i' && route.length === 2) return <IncidentCard key={id} id={id} me={me} holder={holder} whenShown={fetchFurther} />
  return <Further route={route} me={me} holder={holder} waiting={rows.waiting.length} />
}
