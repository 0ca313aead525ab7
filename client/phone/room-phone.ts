const SLOT = 'duty.room-phone'

/** The duty room's number as this phone knows it; the system itself has not been given one yet. */
export const roomPhone = (): string => localStorage.getItem(SLOT) ?? ''

/** Remembers the number on this phone. */
export const keepRoomPhone = (number: string) => localStorage.setItem(SLOT, number.trim())

/** What a dialler takes; null where the number is masked or too short to call. */
export function telOf(number: string | undefined): string | null {
  if (!number || number.includes('*')) return null
  const digits = number.normalize('NFKC').replace(/[^\d+]/g, '')
  return digits.length >= 3 ? `tel:${digits}` : null
}
