import { enableSound, useSoundOn } from './alarm.ts'

/** 声音未启用, for as long as the browser keeps this page silent; a touch enables it. */
export function SoundState() {
  if (useSoundOn()) return null
  return (
    <button type="button" className="sound-off" data-role="sound-off" onClick={() => void enableSound()}>
      声音未启用
    </button>
  )
}
