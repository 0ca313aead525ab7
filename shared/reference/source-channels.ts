import type { Table } from './table.ts'

/** A way by which an incident may reach the room. */
export interface SourceChannel {
  channel: 'phone' | 'fax' | 'network' | 'message' | 'hotline' | 'feed' | 'inPerson'
  name: string
}

export const SOURCE_CHANNELS: Table<SourceChannel> = {
  table: 'source-channels',
  version: 1,
  title: '来报渠道',
  source: '本系统接口约定',
  verified: true,
  items: [
    { channel: 'phone', name: '电话' },
    { channel: 'fax', name: '传真' },
    { channel: 'network', name: '网络' },
    { channel: 'message', name: '短信/消息' },
    { channel: 'hotline', name: '12345热线' },
    { channel: 'feed', name: '系统对接' },
    { channel: 'inPerson', name: '当面' },
  ],
}

const names = new Map(SOURCE_CHANNELS.items.map(c => [c.channel, c.name]))

/** What a channel is called: hotline is 12345热线. */
export const channelName = (channel: SourceChannel['channel']): string => names.get(channel) ?? channel
