import { A } from './A.tsx'
import { roomPhone, telOf } from './room-phone.ts'

/** 回拨值班室: dials at a tap; where the number is not known yet, asks for it once. */
export function CallRoom() {
  const tel = telOf(roomPhone())
  return tel ? (
    <a className="deed" href={tel} data-role="call-room">
      回拨值班室
    </a>
  ) : (
    <A to="mine" className="deed">
      回拨值班室
    </A>
  )
}
