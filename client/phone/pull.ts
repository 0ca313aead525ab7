const FAR_ENOUGH_PX = 96

/** Pulling the list down past its top loads the page anew: the leader's way of asking whether it still lives. */
export function pullToRefresh(list: HTMLElement): () => void {
  let from: number | null = null
  const start = (e: TouchEvent) => {
    from = list.scrollTop <= 0 && e.touches.length === 1 ? e.touches[0]!.clientY : null
  }
  const end = (e: TouchEvent) => {
    if (from !== null && list.scrollTop <= 0 && e.changedTouches[0]!.clientY - from > FAR_ENOUGH_PX) location.reload()
    from = null
  }
  list.addEventListener('touchstart', start, { passive: true })
  list.addEventListener('touchend', end, { passive: true })
  return () => {
    list.removeEventListener('touchstart', start)
    list.removeEventListener('touchend', end)
  }
}
