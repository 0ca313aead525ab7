import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { channelName } from '@duty/shared/reference/source-channels.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { harmWords } from '@duty/shared/words.ts'
import { memo, useDeferredValue, useMemo, type ReactNode } from 'react'
import { Level } from '../parts/Level.tsx'
import { dayTime } from '../parts/times.ts'
import { serverNow } from '../sync/clock.ts'
import { useAlertsAbout, useDeadlinesOf, useHistory, useIncident, useInstructionsAbout } from './about.ts'
import { Acts } from './Acts.tsx'
import { useNameOf } from './board.ts'
import { alertsDue, deadlinesDue } from './order.ts'
import { AlertRow, DeadlineRow, RelayRow } from './rows.tsx'
import { storyOf } from './story.ts'
import { useWhere } from './where.ts'
import './case.css'

/** The incident that lies open: what is known, who has been told, what was ordered, what happened. */
export const Case = memo(function Case() {
  const selected = useDeferredValue(useWhere(w => w.incident))
  if (selected === null) return <p className="empty case-empty">没有选中的事件。来电请按 F2</p>
  return <Opened key={selected} id={selected} />
})

function Opened({ id }: { id: string }) {
  const { incident, problem } = useIncident(id)
  if (!incident) return <p className="empty case-empty">{problem ?? '正在读取…'}</p>
  return (
    <article className="case" data-pane="case" aria-label={incident.title}>
      <Facts incident={incident} />
      <Duties id={id} />
      <Story id={id} version={incident.version} />
    </article>
  )
}

function Fact({ name, children, wide }: { name: string; children: ReactNode; wide?: boolean }) {
  return (
    <div data-wide={wide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const Facts = memo(function Facts({ incident: i }: { incident: Thing<Incident> }) {
  const now = serverNow()
  const { source } = i
  return (
    <header className="case-head">
      <h2 className="case-title">
        <Level level={i.level} />
        {i.sensitive && <span className="mark">敏感</span>}
        {i.status === 'closed' && <span className="mark">已终报</span>}
        <span>{i.title}</span>
        <small>{i.no}</small>
      </h2>
      <dl className="facts">
        <Fact name="伤亡">
          <b>{harmWords(i.casualties)}</b>
        </Fact>
        <Fact name="类型">{eventTypeName(i.typeCode)}</Fact>
        <Fact name="地点" wide>
          {townName(i.township)} {i.address}
        </Fact>
        <Fact name="事发">{i.occurredAt ? dayTime(i.occurredAt, now) : '不详'}</Fact>
        <Fact name="接报">{dayTime(i.receivedAt, now)}</Fact>
        <Fact name="来源" wide>
          {[channelName(source.channel), source.unit, source.person, source.title, source.phone].filter(Boolean).join(' ')}
        </Fact>
        {i.evacuated !== undefined && <Fact name="转移">{i.evacuated}人</Fact>}
        {i.directLossWan !== undefined && <Fact name="损失">{i.directLossWan}万元</Fact>}
        {i.narrative && (
          <Fact name="事由" wide>
            <span className="verbatim">{i.narrative}</span>
          </Fact>
        )}
        {i.measures && (
          <Fact name="措施" wide>
            <span className="verbatim">{i.measures}</span>
          </Fact>
        )}
        {source.alreadyTold && (
          <Fact name="已报" wide>
            {source.alreadyTold}
          </Fact>
        )}
        {i.summary && (
          <Fact name="终报" wide>
            <span className="verbatim">{i.summary}</span>
          </Fact>
        )}
      </dl>
      <div className="case-acts">
        <Acts on="incident" target={i} />
      </div>
    </header>
  )
})

const Duties = memo(function Duties({ id }: { id: string }) {
  const alerts = useAlertsAbout(id)
  const instructions = useInstructionsAbout(id)
  const deadlines = useDeadlinesOf(id)
  const relays = instructions.flatMap(instruction => Object.values(instruction.relays).map(relay => ({ key: `${instruction.id} ${relay.unit}`, instruction, relay })))
  return (
    <>
      {alerts.length > 0 && (
        <section aria-label="签收情况" data-role="delivery">
          <h3>签收情况</h3>
          <ol>
            {alertsDue(alerts).map((a, n) => (
              <AlertRow key={a.id} alert={a} isFirst={n === 0} />
            ))}
          </ol>
        </section>
      )}
      {relays.length > 0 && (
        <section aria-label="本事件指示">
          <h3>指示</h3>
          <ol>
            {relays.map((r, n) => (
              <RelayRow key={r.key} due={r} isFirst={n === 0 && alerts.length === 0} />
            ))}
          </ol>
        </section>
      )}
      {deadlines.length > 0 && (
        <section aria-label="本事件时限">
          <h3>时限</h3>
          <ol>
            {deadlinesDue(deadlines).map((d, n) => (
              <DeadlineRow key={d.id} deadline={d} isFirst={n === 0 && alerts.length + relays.length === 0} />
            ))}
          </ol>
        </section>
      )}
    </>
  )
})

const Story = memo(function Story({ id, version }: { id: string; version: number }) {
  const entries = useHistory(id, version)
  const alerts = useAlertsAbout(id)
  const instructions = useInstructionsAbout(id)
  const person = useNameOf()
  const story = useMemo(() => storyOf({ entries, instructions, alerts }, { person, now: serverNow() }), [entries, instructions, alerts, person])
  return (
    <section aria-label="经过" data-role="timeline">
      <h3>经过</h3>
      <ol className="story">
        {story.map(h => (
          <li key={h.key} data-row tabIndex={-1}>
            <time dateTime={h.at}>{dayTime(h.at, serverNow())}</time>
            <b>{h.what}</b>
            <span className="verbatim">{h.text}</span>
            <span className="by">{h.by}</span>
          </li>
        ))}
      </ol>
    </section>
  )
})
