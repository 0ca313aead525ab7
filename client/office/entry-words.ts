import { postName } from '@duty/shared/reference/posts.ts'
import { unitName } from '@duty/shared/reference/units.ts'

/** What happened, in the words of the duty log. */
const WORDS: Record<string, string> = {
  'incident.logged': '接报',
  'incident.callAdded': '补充来电',
  'incident.followedUp': '续报',
  'incident.revised': '更正',
  'incident.graded': '定级',
  'incident.shared': '通报单位',
  'incident.closed': '终报',
  'incident.reopened': '恢复',
  'incident.forgotten': '销毁个人信息',
  'instruction.issued': '作出指示',
  'instruction.relayed': '传达',
  'instruction.receipted': '单位签收',
  'instruction.answered': '反馈',
  'instruction.reminded': '催办',
  'instruction.lapsed': '逾时',
  'instruction.withdrawn': '撤回指示',
  'instruction.closed': '指示办结',
  'alert.raised': '提醒',
  'alert.delivered': '提醒送达',
  'alert.seen': '已读',
  'alert.acknowledged': '签收',
  'alert.escalated': '逐级提醒',
  'alert.settled': '提醒结束',
  'deadline.set': '时限起算',
  'deadline.warned': '时限预警',
  'deadline.breached': '超时',
  'deadline.pressed': '超时再提醒',
  'deadline.met': '时限完成',
  'deadline.extended': '时限延长',
  'deadline.cancelled': '时限撤销',
  'shift.planned': '排班',
  'shift.announced': '班次公布',
  'shift.started': '接班',
  'shift.checkedIn': '到岗登记',
  'shift.ended': '下班',
  'roster.set': '编排值班表',
  'roster.published': '发布值班表',
  'account.added': '新增账号',
  'account.changed': '变更账号',
  'account.passwordSet': '设置密码',
  'account.totpEnrolled': '绑定动态口令',
  'account.disabled': '停用账号',
  'unit.added': '新增单位',
  'unit.changed': '变更单位',
  'post.added': '新增岗位',
  'post.changed': '变更岗位',
}

/** What an event is called; one from a later version stands for itself. */
export const eventWord = (type: string) => WORDS[type] ?? type

/** The fields in which an event says its own words, the most telling first; a name of somebody or something is read out. */
const TELLING = ['no', 'incidentNo', 'title', 'text', 'words', 'narrative', 'note', 'reason', 'summary', 'say', 'name', 'unit', 'to', 'person', 'onBehalfBy', 'how', 'via', 'toldTo', 'username']
const NAMES = new Set(['unit', 'to', 'person', 'onBehalfBy'])
const MOMENT = /^\d{4}-\d\d-\d\dT/

/** The words of an event, as far as the reader may see them. */
export function eventText(data: Record<string, unknown>, person: (username: string) => string): string {
  const read = (name: string) => [unitName(name), postName(name), person(name)].find(said => said !== name) ?? name
  return TELLING.flatMap(field => {
    const said = data[field]
    if (typeof said !== 'string' || said === '' || MOMENT.test(said)) return []
    return NAMES.has(field) ? read(said) : said
  }).join('，')
}
