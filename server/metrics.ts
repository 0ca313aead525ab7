import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Command, Done } from './book/execute.ts'

interface MetricsOptions {
  head(): number
  connected(): number
}

/** What Prometheus reads at /metrics: counts and times, no content. */
export function openMetrics({ head, connected }: MetricsOptions) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const answered = new Histogram({
    name: 'duty_command_seconds',
    help: 'Time from asking to the durable answer',
    registers,
    labelNames: ['command'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  const refused = new Counter({ name: 'duty_command_refused_total', help: 'Commands answered no', registers, labelNames: ['command'] as const })
  new Gauge({ name: 'duty_book_head', help: 'Newest number of the book on this node', registers, collect() { this.set(head()) } })
  new Gauge({ name: 'duty_sockets', help: 'Connected screens, desks and phones', registers, collect() { this.set(connected()) } })
  return {
    /** The same deed, timed and counted. */
    timed:
      (execute: (command: Command) => Promise<Done>) =>
      async (command: Command): Promise<Done> => {
        const done = answered.startTimer({ command: command.command })
        try {
          return await execute(command)
        } catch (error) {
          refused.inc({ command: command.command })
          throw error
        } finally {
          done()
        }
      },
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}
