import { create } from 'zustand'

/** What this panel is and where its readers sit; kept on the panel itself. */
export interface Screen {
  token: string | null
  name: string
  diagonalInches: number
  distanceMetres: number
  /** Null: by the hour. */
  theme: 'day' | 'night' | null
}

const KEPT = 'duty.wall'
const FIRST: Screen = { token: null, name: '', diagonalInches: 55, distanceMetres: 5, theme: null }

const asked = new URLSearchParams(location.search)
const number = (name: string, least: number, most: number) => {
  const n = Number(asked.get(name))
  return n >= least && n <= most ? n : null
}

/** What the address says counts for this page only: ?diagonal=55&distance=5&theme=night. */
function overridden(screen: Screen): Screen {
  const theme = asked.get('theme')
  return {
    ...screen,
    diagonalInches: number('diagonal', 10, 1_000) ?? screen.diagonalInches,
    distanceMetres: number('distance', 0.5, 50) ?? screen.distanceMetres,
    theme: theme === 'day' || theme === 'night' ? theme : screen.theme,
  }
}

const kept = (): Screen => ({ ...FIRST, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') })

/** The panel's own settings. */
export const useScreen = create<Screen>(() => overridden(kept()))

/** Changes a setting and keeps it on the panel. */
export function keepScreen(change: Partial<Screen>): void {
  localStorage.setItem(KEPT, JSON.stringify({ ...kept(), ...change }))
  useScreen.setState(change)
}
