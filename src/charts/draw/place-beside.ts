const distance = 14
const edge = 8

/** Puts a fixed element beside a place on the screen (px): at its right, or left where it would leave the window. */
export function placeBeside(element: HTMLElement, clientX: number, clientY: number): void {
  const { offsetWidth: width, offsetHeight: height } = element
  const right = clientX + distance
  const left = right + width + edge <= window.innerWidth ? right : Math.max(edge, clientX - distance - width)
  const top = Math.max(edge, Math.min(clientY - height / 2, window.innerHeight - height - edge))
  element.style.left = `${Math.round(left)}px`
  element.style.top = `${Math.round(top)}px`
}
