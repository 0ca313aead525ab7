import type { TimeLimit } from './time-limits.ts'

type Source = TimeLimit['source']
type Said = Pick<TimeLimit, 'id' | 'name' | 'leg' | 'from' | 'to' | 'minutes' | 'text'> & Partial<TimeLimit>

/** What a limit is unless its text says otherwise: a first report on any incident of any level, by any means, told from the report's arrival. */
const DEFAULTS = {
  channel: null,
  anchor: 'receivedAt',
  levels: [1, 2, 3, 4],
  types: null,
  sensitiveToo: false,
  stage: '首报',
} as const

const rulesOf =
  (source: Source, common: { jurisdiction: string; verified: boolean } & Partial<TimeLimit>) =>
  (article: string | undefined, said: Said): TimeLimit => ({
    ...DEFAULTS,
    levels: [...DEFAULTS.levels],
    ...common,
    ...said,
    source: article === undefined ? source : { ...source, article },
  })

const state = { jurisdiction: '国家', verified: true }
const precedent = (place: string, verified = true) => ({ jurisdiction: `${place}（参考）`, verified })

const emergencyLaw = rulesOf({ title: '中华人民共和国突发事件应对法', number: '主席令第二十五号', date: '2024-06-28修订，2024-11-01施行' }, state)
const workSafety = rulesOf({ title: '生产安全事故报告和调查处理条例', number: '国务院令第493号', date: '2007-04-09' }, { ...state, types: ['12'] })
const publicHealth = rulesOf({ title: '突发公共卫生事件应急条例', number: '国务院令第376号', date: '2003公布，2011-01-08修订' }, { ...state, types: ['13'] })
const animalDisease = rulesOf({ title: '重大动物疫情应急条例', date: '2017-10-07修订' }, { ...state, types: ['13E'] })
const environment = rulesOf({ title: '突发环境事件信息报告办法', number: '环境保护部令第17号', date: '2011-05-01施行' }, { ...state, types: ['12Q'], stage: '初报' })
const network = rulesOf(
  { title: '国家网络安全事件报告管理办法', number: '国家互联网信息办公室', date: '2025-09-11公布，2025-11-01施行' },
  { ...state, types: ['14H'], levels: [1, 2, 3] },
)
const forestFire = rulesOf({ title: '森林防火条例', date: '2008-12-01' }, { ...state, types: ['11G'] })
const geology = rulesOf({ title: '地质灾害防治条例', date: '2003-11-24' }, { ...state, types: ['11D'] })
const equipment = rulesOf({ title: '特种设备安全监察条例', date: '2009-01-24' }, { ...state, types: ['12N'] })
const safetyLaw = rulesOf({ title: '中华人民共和国安全生产法', date: '2021-06-10' }, { ...state, types: ['12'] })
const ours = rulesOf(
  { title: '广东“30分钟电话、1小时书面”首报要求（未取得文件）' },
  { jurisdiction: '广东/中山', verified: false, levels: [1, 2, 3], sensitiveToo: true, note: '默认值，起算点与级别差异未知，待用户单位确认' },
)
const zhuhai = rulesOf({ title: '珠海市突发公共事件总体应急预案', number: '珠海市人民政府令第50号', date: '2006（已被2012年令第88号替代）' }, precedent('珠海'))
const henan = rulesOf({ title: '河南省应急管理厅通知（报道，年份未注）' }, precedent('河南'))
const unnamed = rulesOf({ title: '某市政府办《进一步提升突发事件信息报告工作水平的通知》（市名隐去）' }, precedent('未注明城市', false))
const xilinhot = rulesOf({ title: '锡林浩特市政务值班通知', date: '2024' }, precedent('内蒙古锡林浩特'))
const superseded = rulesOf({ title: '国家突发公共事件总体应急预案（2006，已被2025版取代）' }, { jurisdiction: '国家（已被取代）', verified: false })

const AT_ONCE = { minutes: null, text: '立即' } as const
const UNITS = '镇街、市有关部门'
const ROOMS = '市政府总值班室、市委值班室'
const CITY = '中山市政府总值班室'
const PROVINCE = '广东省政府总值班室'

export const items: readonly TimeLimit[] = [
  emergencyLaw('第十七条', {
    id: 'yfd-17', name: '县级政府报上一级政府', leg: 'county→city', from: '发生地县级人民政府', to: '上一级人民政府', ...AT_ONCE,
    note: '必要时可越级；具备条件的网络直报或自动速报。中山不设县，镇街报市由本市预案规定',
  }),
  emergencyLaw('第六十条', {
    id: 'yfd-60', name: '发现突发事件报告政府', leg: 'public→government', from: '公民、法人、其他组织', to: '所在地政府、主管部门或指定专业机构', ...AT_ONCE,
    stage: '接报', note: '不属本单位职责的应立即移送相关单位核实处理',
  }),
  emergencyLaw('第六十二条', {
    id: 'yfd-62', name: '可能发生重大以上事件报上级', leg: 'city→province', from: '县级以上地方人民政府', to: '上级人民政府；通报当地驻军、毗邻地区政府', ...AT_ONCE,
    levels: [1, 2], stage: '预警性报告',
  }),
  emergencyLaw('第六十四条', {
    id: 'yfd-64', name: '发布警报、进入预警期报上一级', leg: 'city→province', from: '县级以上地方人民政府', to: '上一级人民政府；驻军、毗邻地区', ...AT_ONCE,
    stage: '预警报告', note: '级别为红橙黄蓝预警级别。要素：类别、级别、起始时间、可能影响范围、警示事项、应采取措施、发布单位、发布时间',
  }),
  emergencyLaw('第六十九条', {
    id: 'yfd-69', name: '社会安全事件报上一级', leg: 'city→province', from: '县级以上地方人民政府及主管部门', to: '上一级人民政府及主管部门', ...AT_ONCE,
    types: ['14'], note: '按规定报告，必要时越级',
  }),
  emergencyLaw('第九十二条', {
    id: 'yfd-92', name: '应对结束后总结报告', leg: 'city→province', from: '履行统一领导职责的人民政府', to: '上一级人民政府', minutes: null, text: '及时', stage: '总结报告',
  }),
  workSafety('第九条', {
    id: '493-9', name: '事故单位报监管部门', leg: 'enterprise→department', from: '事故单位负责人', to: '县级以上应急管理部门及负有监管职责的部门', minutes: 60, text: '1小时',
    note: '自接到现场人员报告起算；现场人员立即报本单位负责人',
  }),
  workSafety('第十、十一条', {
    id: '493-11', name: '监管部门逐级上报', leg: 'department→department', from: '各级监管部门', to: '上一级监管部门', minutes: 120, text: '2小时', stage: '逐级上报',
    note: '每级不超过2小时，同时报告本级人民政府；特别重大、重大报至国务院部门，较大报至省级，一般报至设区的市级',
  }),
  workSafety('第十三条', {
    id: '493-13a', name: '伤亡人数变化补报', leg: 'department→department', from: '原报告单位', to: '原报告对象',
    minutes: 43_200, text: '30日', anchor: 'occurredAt', stage: '补报',
  }),
  workSafety('第十三条', {
    id: '493-13b', name: '道路交通、火灾伤亡人数变化补报', leg: 'department→department', from: '原报告单位', to: '原报告对象', minutes: 10_080, text: '7日',
    anchor: 'occurredAt', types: ['12G', '12H'], stage: '补报',
  }),
  publicHealth('第二十条', {
    id: 'ph-20a', name: '发现单位报县级卫生部门', leg: 'enterprise→department', from: '监测机构、医疗卫生机构、有关单位', to: '所在地县级卫生部门', minutes: 120, text: '2小时',
    note: '传染病暴发、不明原因群体性疾病、菌毒种丢失、重大食物和职业中毒',
  }),
  publicHealth('第二十条', {
    id: 'ph-20b', name: '卫生部门报本级政府', leg: 'department→government', from: '接报卫生部门', to: '本级人民政府；上级卫生部门、国务院卫生部门', minutes: 120, text: '2小时',
  }),
  publicHealth('第二十条', {
    id: 'ph-20c', name: '县级政府报市政府', leg: 'county→city', from: '县级人民政府', to: '设区的市级或上一级人民政府', minutes: 120, text: '2小时',
  }),
  publicHealth('第二十条', {
    id: 'ph-20d', name: '公共卫生事件报省政府', leg: 'city→province', from: '设区的市级人民政府（中山市政府）', to: '省人民政府', minutes: 120, text: '2小时',
    note: '自接到报告起算',
  }),
  publicHealth('第十九条', {
    id: 'ph-19', name: '省政府报国家卫生部门', leg: 'province→state', from: '省级人民政府', to: '国务院卫生行政主管部门', minutes: 60, text: '1小时',
  }),
  animalDisease('第十七条', {
    id: 'av-17a', name: '动物疫情逐级报省', leg: 'department→department', from: '县（市）动物防疫监督机构', to: '逐级报省级机构；所在地兽医主管部门', minutes: 120, text: '2小时',
  }),
  animalDisease('第十七条', {
    id: 'av-17b', name: '省级机构报省兽医部门', leg: 'province→state', from: '省级动物防疫监督机构', to: '省兽医主管部门、国家机构', minutes: 60, text: '1小时',
  }),
  animalDisease('第十七条', {
    id: 'av-17c', name: '动物疫情报国务院', leg: 'province→state', from: '省政府与国务院兽医主管部门', to: '国务院', minutes: 240, text: '4小时',
  }),
  environment('第三条', {
    id: 'env-3a', name: '一般、较大环境事件报政府和上级', leg: 'department→government', from: '设区的市级或县级生态环境部门', to: '本级人民政府和上一级生态环境部门',
    minutes: 240, text: '4小时', levels: [3, 4],
  }),
  environment('第三条', {
    id: 'env-3b', name: '重大以上环境事件报政府和省级', leg: 'department→government', from: '设区的市级或县级生态环境部门', to: '本级人民政府和省级生态环境部门，同时上报部',
    minutes: 120, text: '2小时', levels: [1, 2], note: '报告分初报、续报、处理结果报告',
  }),
  network('第四条', {
    id: 'cy-4a', name: '关键信息基础设施网络安全事件报告', leg: 'enterprise→department', from: '运营者', to: '保护工作部门、公安机关', minutes: 60, text: '1小时',
    note: '重大、特别重大：保护部门收到后半小时内报国家网信、国务院公安部门',
  }),
  network('第四条', {
    id: 'cy-4b', name: '其他网络运营者网络安全事件报告', leg: 'enterprise→department', from: '网络运营者', to: '属地省级网信部门', minutes: 240, text: '4小时',
  }),
  forestFire('第三十一、三十二条', {
    id: 'ff-31', name: '发现森林火灾报告', leg: 'public→government', from: '任何单位和个人', to: '当地政府、森林防火指挥机构；逐级上报', ...AT_ONCE,
    note: '死3人、重伤10人以上，威胁居民区，24小时未扑灭等由省立即报国家',
  }),
  geology('第二十八条', {
    id: 'geo-28', name: '地质灾害险情灾情报告', leg: 'public→government', from: '单位和个人', to: '当地政府或自然资源主管部门；接报单位立即转报政府', ...AT_ONCE,
  }),
  equipment('第六十六条', {
    id: 'se-66', name: '特种设备事故报告', leg: 'department→government', from: '县以上监管部门', to: '所在地人民政府，并逐级上报', ...AT_ONCE,
  }),
  safetyLaw('第八十三、八十四条', {
    id: 'ws-84', name: '生产安全事故上报', leg: 'department→government', from: '负有监管职责的部门', to: '按规定上报', ...AT_ONCE,
  }),
  ours(undefined, { id: 'gd-phone', name: '电话报市总值班室', leg: 'unit→city', from: UNITS, to: ROOMS, channel: 'phone', minutes: 30, text: '30分钟' }),
  ours(undefined, { id: 'gd-written', name: '书面报市总值班室', leg: 'unit→city', from: UNITS, to: ROOMS, channel: 'paper', minutes: 60, text: '1小时' }),
  ours(undefined, {
    id: 'gd-city-prov-phone', name: '电话报省政府总值班室', leg: 'city→province', from: CITY, to: PROVINCE, channel: 'phone', minutes: 30, text: '30分钟',
  }),
  ours(undefined, {
    id: 'gd-city-prov-written', name: '书面报省政府总值班室', leg: 'city→province', from: CITY, to: PROVINCE, channel: 'paper', minutes: 60, text: '1小时',
  }),
  zhuhai(undefined, {
    id: 'ref-zhuhai2006', name: '珠海：重大以上首报', leg: 'unit→city', from: '主管单位、区政府', to: '市委、市政府', minutes: 30, text: '30分钟', levels: [1, 2],
  }),
  zhuhai(undefined, {
    id: 'ref-zhuhai2006w', name: '珠海：重大以上书面', leg: 'unit→city', from: '主管单位、区政府', to: '市委、市政府',
    channel: 'paper', minutes: 120, text: '2小时', levels: [1, 2],
  }),
  henan(undefined, {
    id: 'ref-henan1', name: '河南：重大以上电话', leg: 'department→department', from: '下级应急部门', to: '省应急厅',
    channel: 'phone', minutes: 15, text: '15分钟', levels: [1, 2],
  }),
  henan(undefined, {
    id: 'ref-henan2', name: '河南：重大以上书面', leg: 'department→department', from: '下级应急部门', to: '省应急厅',
    channel: 'paper', minutes: 35, text: '35分钟', levels: [1, 2],
  }),
  henan(undefined, {
    id: 'ref-henan3', name: '河南：较大书面', leg: 'department→department', from: '下级应急部门', to: '省应急厅',
    channel: 'paper', minutes: 60, text: '1小时', levels: [3],
  }),
  henan(undefined, {
    id: 'ref-henan4', name: '河南：一般书面', leg: 'department→department', from: '下级应急部门', to: '省应急厅',
    channel: 'paper', minutes: 360, text: '6小时', levels: [4],
    note: '较大及以上每天8点前、17点前各续报1次',
  }),
  unnamed(undefined, {
    id: 'ref-xx1', name: '某市：重大以上电话', leg: 'unit→city', from: '责任单位', to: '主管部门、市政府应急办', channel: 'phone', minutes: 15, text: '15分钟', levels: [1, 2],
  }),
  unnamed(undefined, {
    id: 'ref-xx2', name: '某市：重大以上书面', leg: 'unit→city', from: '责任单位', to: '主管部门、市政府应急办', channel: 'paper', minutes: 30, text: '30分钟', levels: [1, 2],
  }),
  unnamed(undefined, {
    id: 'ref-xx3', name: '某市：较大电话', leg: 'unit→city', from: '责任单位', to: '主管部门、市政府应急办', channel: 'phone', minutes: 30, text: '30分钟', levels: [3],
  }),
  unnamed(undefined, {
    id: 'ref-xx4', name: '某市：较大书面', leg: 'unit→city', from: '责任单位', to: '主管部门、市政府应急办', channel: 'paper', minutes: 60, text: '1小时', levels: [3],
  }),
  xilinhot(undefined, {
    id: 'ref-xilin', name: '锡林浩特：首报', leg: 'unit→city', from: '部门', to: '市委、市政府', minutes: 30, text: '30分钟', note: '先电话后书面',
  }),
  superseded(undefined, {
    id: 'old-2006', name: '特别重大、重大报国务院', leg: 'province→state', from: '各地区、各部门', to: '国务院', minutes: 240, text: '4小时', levels: [1, 2],
  }),
]
