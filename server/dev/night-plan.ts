/** What happens in the bad night, minute by minute after 18:00. */
export type Deed =
  | { at: number; does: 'log'; n: number; by: string; body: Record<string, unknown> }
  | { at: number; does: 'acknowledge'; n: number; by: string }
  | { at: number; does: 'followUp'; n: number; by: string; body: Record<string, unknown> }
  | { at: number; does: 'instruct'; k: number; n: number; by: string; body: Record<string, unknown> }
  | { at: number; does: 'relay' | 'receipt' | 'feedback'; k: number; unit: string; by: string }
  | { at: number; does: 'finish'; k: number; by: string }
  | { at: number; does: 'close'; n: number; by: string }
  | { at: number; does: 'redisOutage' }

const TOWNS = ['442000118', '442000101', '442000107', '442000008', '442000003', '442000114', '442000007', '442000105', '442000108', '442000115']

/** A typhoon evening: what is reported, where it tends to be, and how grave. */
const HAPPENINGS = [
  { typeCode: '11A02', narrative: '暴雨致路面水浸，最深处约60厘米，多车熄火，暂无人员被困', level: 4, casualties: { dead: 0, injured: 0 } },
  { typeCode: '11B01', narrative: '大风吹倒沿街树木，压损车辆3台，交警正在疏导', level: 4 },
  { typeCode: '12P00', narrative: '片区停电，约1200户受影响，供电部门抢修中', level: 4 },
  { typeCode: '12C00', narrative: '工地围挡倒塌，2人受伤送医，其中1人伤势较重', level: 4, casualties: { dead: 0, injured: 2, seriouslyInjured: 1 } },
  { typeCode: '11A04', narrative: '联围堤段出现渗漏，已组织抢险队伍到场，下游村居准备转移', level: 3, sensitive: true },
  { typeCode: '12H00', narrative: '雨中多车相撞，3人死亡、5人受伤，道路双向中断', level: 3, casualties: { dead: 3, injured: 5 } },
  { typeCode: '12G00', narrative: '雷击引发厂房起火，消防已到场，有工人失联', level: 2, casualties: { dead: 1, missing: 11, trapped: null } },
  { typeCode: '11D00', narrative: '山体滑坡掩埋两间民房，正在核实屋内人数', level: null },
] as const

const INCIDENTS = 40
const INSTRUCTIONS = 15
const MINUTES = 240
const OUTAGE_AT = 95

const officer = (n: number) => (n % 2 ? 'officer1' : 'officer2')

/** The whole night in order: forty incidents, fifteen instructions to two units each, one Redis outage in the middle of it. */
export function planOfTheNight(): Deed[] {
  const deeds: Deed[] = [{ at: OUTAGE_AT, does: 'redisOutage' }]
  for (let n = 0; n < INCIDENTS; n++) {
    const { narrative, ...what } = HAPPENINGS[n % HAPPENINGS.length]!
    const at = (n * (MINUTES - 60)) / INCIDENTS
    const source = { channel: 'phone', unit: '镇街值班室', person: '值班员', alreadyTold: '已报镇街主要领导' }
    deeds.push({ at, does: 'log', n, by: officer(n), body: { source, township: TOWNS[n % TOWNS.length], narrative, ...what } })
    deeds.push({ at: at + 2, does: 'acknowledge', n, by: 'lead' })
    if (n % 3 === 0) deeds.push({ at: at + 12, does: 'followUp', n, by: officer(n), body: { narrative: '现场已封控，人员正在转移，无新增伤亡', evacuated: 20 + n } })
    if (n % 2 === 0) deeds.push({ at: at + 50, does: 'close', n, by: officer(n) })
  }
  for (let k = 0; k < INSTRUCTIONS; k++) {
    const n = Math.floor((k * INCIDENTS) / INSTRUCTIONS)
    const at = (n * (MINUTES - 60)) / INCIDENTS + 4
    const units = ['fire', 'emergency']
    deeds.push({ at, does: 'instruct', k, n, by: k % 2 ? 'mayor' : 'vicemayor', body: { text: '立即组织力量处置，确保人员安全，每小时报告进展', kind: 'instruction', urgency: 'urgent', units } })
    for (const [m, unit] of units.entries()) {
      const liaison = `dept-${unit}`
      deeds.push({ at: at + 1 + m, does: 'relay', k, unit, by: officer(k) })
      deeds.push({ at: at + 4 + m, does: 'receipt', k, unit, by: liaison })
      deeds.push({ at: at + 25 + m, does: 'feedback', k, unit, by: liaison })
    }
    deeds.push({ at: at + 40, does: 'finish', k, by: officer(k) })
  }
  return deeds.toSorted((a, b) => a.at - b.at)
}
