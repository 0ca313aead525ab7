import type { Directory } from '@duty/shared/kernel/kind.ts'

const SHIFT_POSTS = ['officer', 'chief', 'lead']

/** Which post of the current shift somebody sits in, if any. */
export const shiftOf = (room: Directory, username: string): string | undefined => SHIFT_POSTS.find(post => room.posts[post]?.includes(username))
