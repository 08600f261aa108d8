/**
 * Does work once the browser has painted. What is pressed shows that it is pressed at once, and a page that
 * takes a tenth of a second to draw follows: nobody presses twice because nothing seemed to happen.
 */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work));
}
