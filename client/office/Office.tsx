import { LinkLamp } from '../parts/LinkLamp.tsx'

/** 后台. */
export default function Office() {
  return (
    <main data-screen="office">
      <LinkLamp />
    </main>
  )
}
