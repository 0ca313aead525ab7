/** Puts text on the clipboard; where the page is not served over TLS the old way of copying a selection is used. False where the browser forbids both. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  const had = document.activeElement
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  if (had instanceof HTMLElement) had.focus()
  return copied
}
