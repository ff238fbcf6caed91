import { Problem } from '../api/problem';

/** Stored values of one frame, as the service sends them, with what is needed to show them. */
export interface FramePixels {
  rows: number;
  columns: number;
  samples: 1 | 3;
  bits: 8 | 16;
  signed: boolean;
  slope: number;
  intercept: number;
  /** In modality values (after slope and intercept); null when the image names none. */
  window: { center: number; width: number } | null;
  windowFunction: WindowFunction;
  /** True for MONOCHROME1: the lowest value is the brightest. */
  inverted: boolean;
  /** Millimetres between rows and between columns; null when the image names none. */
  pixelSpacing: { row: number; column: number } | null;
  /** Height of a pixel divided by its width. */
  pixelAspectRatio: number;
  /** Direction cosines of rows and columns; null when the image names none. */
  orientation: number[] | null;
  /** What the image calls this frame, or null. */
  label: string | null;
  /** Whether there are overlays to lay over it. */
  overlays: boolean;
  /** What lies on it and can't be shown, with the reasons, or null. */
  notShown: string | null;
}

/** VOI LUT Function (0028,1056). */
export type WindowFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

export type StoredValues = Uint8Array | Int8Array | Uint16Array | Int16Array;
export type ModalityValues = StoredValues | Float32Array;

/** Reads the headers of `/pixels`; throws a problem that says which one makes no sense. */
export function framePixels(headers: Headers): FramePixels {
  const samples = numberOf(headers, 'X-Samples');
  const bits = numberOf(headers, 'X-Bits');
  if (samples !== 1 && samples !== 3) throw nonsense('X-Samples', String(samples));
  if (bits !== 8 && bits !== 16) throw nonsense('X-Bits', String(bits));
  const rows = numberOf(headers, 'X-Rows');
  const columns = numberOf(headers, 'X-Columns');
  if (!(Number.isInteger(rows) && rows > 0)) throw nonsense('X-Rows', String(rows));
  if (!(Number.isInteger(columns) && columns > 0)) throw nonsense('X-Columns', String(columns));
  const center = optionalNumberOf(headers, 'X-Window-Center');
  const width = optionalNumberOf(headers, 'X-Window-Width');
  return {
    rows,
    columns,
    samples,
    bits,
    signed: headers.get('X-Signed')?.trim().toLowerCase() === 'true',
    slope: optionalNumberOf(headers, 'X-Slope') ?? 1,
    intercept: optionalNumberOf(headers, 'X-Intercept') ?? 0,
    window: center !== null && width !== null && width > 0 ? { center, width } : null,
    windowFunction: windowFunction(headers.get('X-Window-Function')),
    inverted: headers.get('X-Inverted')?.trim().toLowerCase() === 'true',
    pixelSpacing: spacing(headers.get('X-Pixel-Spacing')),
    pixelAspectRatio: aspectRatio(optionalNumberOf(headers, 'X-Pixel-Aspect-Ratio')),
    orientation: numbers(headers.get('X-Image-Orientation')),
    label: text(headers.get('X-Frame-Label')),
    overlays: headers.get('X-Overlays')?.trim().toLowerCase() === 'true',
    notShown: text(headers.get('X-Not-Shown')),
  };
}

/** The stored values in the order of the frame; throws when the body is shorter than it says. */
export function storedValues(pixels: FramePixels, body: ArrayBuffer): StoredValues {
  const count = pixels.rows * pixels.columns * pixels.samples;
  const needed = count * (pixels.bits / 8);
  if (body.byteLength < needed) {
    throw new Problem(
      -1,
      'The image is incomplete',
      `Its pixel data has ${body.byteLength} bytes where ${needed} are needed.`,
    );
  }
  if (pixels.bits === 8) {
    return pixels.signed ? new Int8Array(body, 0, count) : new Uint8Array(body, 0, count);
  }
  // Typed arrays read in the machine's byte order; every browser today runs little endian.
  return pixels.signed ? new Int16Array(body, 0, count) : new Uint16Array(body, 0, count);
}

/**
 * Applies the modality LUT (PS3.3 C.11.1). Whole numbers that fit stay 16-bit integers, which all
 * graphics cards filter; anything else becomes floats.
 */
export function modalityValues(pixels: FramePixels, stored: StoredValues): ModalityValues {
  const { slope, intercept } = pixels;
  if (pixels.samples === 3 || (slope === 1 && intercept === 0)) return stored;
  const { min, max } = rangeOf(stored);
  const ends = [min * slope + intercept, max * slope + intercept];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const whole = Number.isInteger(slope) && Number.isInteger(intercept);
  const values =
    whole && low >= -32_768 && high <= 32_767
      ? new Int16Array(stored.length)
      : whole && low >= 0 && high <= 65_535
        ? new Uint16Array(stored.length)
        : new Float32Array(stored.length);
  for (let index = 0; index < stored.length; index++) {
    values[index] = (stored[index] as number) * slope + intercept;
  }
  return values;
}

export function rangeOf(values: ModalityValues): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

/** The window to open with: the image's own, or all of its values. */
export function openingWindow(
  pixels: FramePixels,
  range: { min: number; max: number },
): { center: number; width: number } {
  if (pixels.samples === 3) return { center: 128, width: 256 };
  if (pixels.window) return pixels.window;
  const width = Math.max(1, range.max - range.min + 1);
  return { center: range.min + width / 2, width };
}

function spacing(value: string | null): FramePixels['pixelSpacing'] {
  const [row = NaN, column = NaN] = (value ?? '')
    .split('\\')
    .map((part) => Number.parseFloat(part));
  return row > 0 && column > 0 ? { row, column } : null;
}

/** The spacing to show an image with: its own, or one that gives its pixels their shape. */
export function shownSpacing(pixels: FramePixels): { row: number; column: number } {
  return pixels.pixelSpacing ?? { row: pixels.pixelAspectRatio, column: 1 };
}

function windowFunction(value: string | null): WindowFunction {
  const name = value?.trim();
  return name === 'SIGMOID' || name === 'LINEAR_EXACT' ? name : 'LINEAR';
}

function aspectRatio(value: number | null): number {
  return value !== null && value > 0 ? value : 1;
}

function numbers(value: string | null): number[] | null {
  const parts = (value ?? '').split('\\').map((part) => Number.parseFloat(part));
  return parts.every(Number.isFinite) ? parts : null;
}

function text(value: string | null): string | null {
  if (!value) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function numberOf(headers: Headers, name: string): number {
  const value = optionalNumberOf(headers, name);
  if (value === null) throw nonsense(name, headers.get(name) ?? 'nothing');
  return value;
}

function optionalNumberOf(headers: Headers, name: string): number | null {
  const text = headers.get(name)?.trim();
  if (!text) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function nonsense(header: string, value: string): Problem {
  return new Problem(-1, 'The image cannot be read', `The service sent ${header}: ${value}.`);
}
