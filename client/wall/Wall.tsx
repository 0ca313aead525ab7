import { LinkLamp } from '../parts/LinkLamp.tsx'

/** 大屏. */
export default function Wall() {
  return (
    <main data-screen="wall">
      <LinkLamp />
    </main>
  )
}
