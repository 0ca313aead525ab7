import { useSyncExternalStore } from 'react'

/** Sounds that mean something, each its own: grave 5+5, serious 3, middling 2, a message for you, the link is lost (falling). */
export type Alarm = 'level1' | 'level2' | 'level3' | 'message' | 'linkLost'

/** One pulse: pitch in Hz, when it begins and how long it lasts, in seconds. */
type Pulse = [hz: number, at: number, lasts: number]

const burst = (count: number, hz: number, from: number, every = 0.2): Pulse[] => Array.from({ length: count }, (_, n) => [hz, from + n * every, every * 0.65])

const PULSES: Record<Alarm, Pulse[]> = {
  level1: [...burst(3, 784, 0), ...burst(2, 988, 0.75), ...burst(3, 784, 1.6), ...burst(2, 988, 2.35)],
  level2: burst(3, 659, 0, 0.3),
  level3: burst(2, 523, 0, 0.35),
  message: [
    [659, 0, 0.15],
    [880, 0.2, 0.25],
  ],
  linkLost: [
    [440, 0, 0.5],
    [294, 0.55, 0.8],
  ],
}
/** Strength of the harmonics: four and more, so that the ear finds it in a noisy room. */
const HARMONICS = [0, 1, 0.6, 0.5, 0.4, 0.3, 0.2]

let context: AudioContext | null = null
let wave: PeriodicWave | null = null
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** The page's one audio context; a browser may keep it suspended until someone touches the page. */
function sounder(): AudioContext {
  if (context) return context
  const made = (context = new AudioContext())
  wave = made.createPeriodicWave(new Float32Array(HARMONICS.length), Float32Array.from(HARMONICS))
  made.addEventListener('statechange', tell)
  const wake = () => void made.resume()
  addEventListener('pointerdown', wake)
  addEventListener('keydown', wake)
  return made
}

/** Sounds an alarm once; false where the browser keeps the page silent. `gain` 1 by day, 0.5 by night (−6 dB), never 0. */
export function sound(alarm: Alarm, gain = 1): boolean {
  const on = sounder()
  if (on.state !== 'running') return false
  for (const [hz, at, lasts] of PULSES[alarm]) {
    const tone = on.createOscillator()
    const volume = on.createGain()
    tone.setPeriodicWave(wave!)
    tone.frequency.value = hz
    const begins = on.currentTime + at
    volume.gain.setValueAtTime(0, begins)
    volume.gain.linearRampToValueAtTime(0.3 * gain, begins + 0.02)
    volume.gain.setValueAtTime(0.3 * gain, begins + lasts - 0.03)
    volume.gain.linearRampToValueAtTime(0, begins + lasts)
    tone.connect(volume).connect(on.destination)
    tone.start(begins)
    tone.stop(begins + lasts)
  }
  return true
}

const subscribe = (again: () => void) => {
  listeners.add(again)
  return () => void listeners.delete(again)
}

/** Whether this page can be heard; while it cannot, the screen says 声音未启用. */
export const useSoundOn = (): boolean => useSyncExternalStore(subscribe, () => sounder().state === 'running')

/** Called from a button or key: lets the page be heard. */
export const enableSound = () => sounder().resume()
