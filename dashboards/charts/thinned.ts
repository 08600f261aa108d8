/** Marks at equal steps where there are more than can be drawn: what stays is the picture's form. */

/** Dots side by side: more of them share a pixel, and drawing them takes seconds. */
export const MOST_DOTS = 1000;

/** At most so many of the items, in their order, the first and the last among them. */
export function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, place) => items[Math.round(place * step)] as Item);
}
