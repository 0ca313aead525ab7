import { request } from 'node:http'

export interface Got {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json: any
}

/** Sends exactly these headers and bytes, as no well-behaved client would. */
export function send(url: string, { method = 'POST', headers = {}, body, chunked = false }: { method?: string; headers?: Record<string, string>; body?: string | Buffer; chunked?: boolean }): Promise<Got> {
  return new Promise((resolve, reject) => {
    const length = body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const asked = request(url, { method, agent: false, headers: { ...length, ...headers } }, res => {
      const parts: Buffer[] = []
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        resolve({ status: res.statusCode!, headers: res.headers, text, json: /json/.test(res.headers['content-type'] ?? '') ? JSON.parse(text) : undefined })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
