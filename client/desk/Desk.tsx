import { LinkLamp } from '../parts/LinkLamp.tsx'

/** 值班台. */
export default function Desk() {
  return (
    <main data-screen="desk">
      <LinkLamp />
    </main>
  )
}
