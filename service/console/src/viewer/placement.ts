/** A CSS matrix: from pixels of the image, 0, 0 at its top left corner, to the screen. */
export type Placement = [number, number, number, number, number, number];

type Corner = readonly [number, number];

/** The placement of an image of which three corners are known on the screen. */
export function placementOf(
  topLeft: Corner,
  topRight: Corner,
  bottomLeft: Corner,
  columns: number,
  rows: number,
): Placement | null {
  const placement: Placement = [
    (topRight[0] - topLeft[0]) / columns,
    (topRight[1] - topLeft[1]) / columns,
    (bottomLeft[0] - topLeft[0]) / rows,
    (bottomLeft[1] - topLeft[1]) / rows,
    topLeft[0],
    topLeft[1],
  ];
  return placement.every(Number.isFinite) ? placement : null;
}

export function cssMatrix(placement: Placement): string {
  return `matrix(${placement.join(', ')})`;
}
