import { imageLoader, metaData, utilities, type Types } from '@cornerstonejs/core';
import { send } from '../api/client';
import { asProblem, isAbort, type Problem } from '../api/problem';
import {
  type FramePixels,
  framePixels,
  modalityValues,
  openingWindow,
  rangeOf,
  shownSpacing,
  storedValues,
} from './pixels';

export const SCHEME = 'overread';

const described = new Map<string, FramePixels>();
const failures = new Map<string, Problem>();

/** The image id under which Cornerstone loads a frame, as stored or with a presentation state. */
export function imageIdOf(address: string, presentationState: string | null = null): string {
  const query = presentationState ? `?presentationState=${presentationState}` : '';
  return `${SCHEME}:${address}/pixels${query}`;
}

/** Why an image could not be loaded, or null when nothing failed. */
export function failureOf(imageId: string): Problem | null {
  return failures.get(imageId) ?? null;
}

export function pixelsOf(imageId: string): FramePixels | null {
  return described.get(imageId) ?? null;
}

/** Teaches Cornerstone to load `overread:` images and to find what it asks about them. */
export function registerImageLoader(): void {
  imageLoader.registerImageLoader(SCHEME, (imageId) => {
    const leaving = new AbortController();
    const loading = load(imageId, leaving.signal);
    return {
      promise: loading as Promise<Types.IImage & Record<string, unknown>>,
      cancelFn: () => leaving.abort(),
    };
  });
  metaData.addProvider(metadata, 10);
  // Cornerstone's cache leaves the rejection of a load unhandled; these are kept and shown already.
  window.addEventListener('unhandledrejection', (event) => {
    if ([...failures.values()].includes(event.reason as Problem)) event.preventDefault();
  });
}

async function load(imageId: string, signal: AbortSignal): Promise<Types.IImage> {
  failures.delete(imageId);
  try {
    const address = imageId.slice(SCHEME.length + 1);
    const response = await send(address, {
      accept: 'application/octet-stream, application/problem+json',
      signal,
    });
    const pixels = framePixels(response.headers);
    const stored = storedValues(pixels, await response.arrayBuffer());
    described.set(imageId, pixels);
    return imageOf(imageId, pixels, modalityValues(pixels, stored));
  } catch (thrown) {
    if (!isAbort(thrown)) failures.set(imageId, asProblem(thrown));
    throw thrown;
  }
}

function imageOf(
  imageId: string,
  pixels: FramePixels,
  values: ReturnType<typeof modalityValues>,
): Types.IImage {
  const { rows, columns, samples } = pixels;
  const range = rangeOf(values);
  const window = openingWindow(pixels, range);
  const spacing = shownSpacing(pixels);
  const color = samples === 3;
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    width: columns,
    height: rows,
    numberOfComponents: samples,
    scalarData: values,
  });
  return {
    imageId,
    // The modality LUT is applied already, so that window values read in its unit (HU for CT).
    isPreScaled: true,
    preScale: {
      enabled: true,
      scaled: true,
      scalingParameters: { rescaleSlope: 1, rescaleIntercept: 0 },
    },
    minPixelValue: range.min,
    maxPixelValue: range.max,
    slope: 1,
    intercept: 0,
    windowCenter: window.center,
    windowWidth: window.width,
    voiLUTFunction: pixels.windowFunction as Types.IImage['voiLUTFunction'],
    getPixelData: () => values,
    getCanvas: () => canvasOf(columns, rows, values),
    rows,
    columns,
    height: rows,
    width: columns,
    color,
    rgba: false,
    numberOfComponents: samples,
    rowPixelSpacing: spacing.row,
    columnPixelSpacing: spacing.column,
    invert: pixels.inverted,
    photometricInterpretation: photometricInterpretation(pixels),
    sizeInBytes: values.byteLength,
    dataType: values.constructor.name as Types.PixelDataTypedArrayString,
    voxelManager: voxelManager as Types.IImage['voxelManager'] & object,
  };
}

function photometricInterpretation(pixels: FramePixels): string {
  if (pixels.samples === 3) return 'RGB';
  return pixels.inverted ? 'MONOCHROME1' : 'MONOCHROME2';
}

/** Asked for by Cornerstone's CPU path for colour images only. */
function canvasOf(columns: number, rows: number, values: ArrayLike<number>): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const data = context.createImageData(columns, rows);
  for (let pixel = 0; pixel < columns * rows; pixel++) {
    data.data[pixel * 4] = values[pixel * 3] ?? 0;
    data.data[pixel * 4 + 1] = values[pixel * 3 + 1] ?? 0;
    data.data[pixel * 4 + 2] = values[pixel * 3 + 2] ?? 0;
    data.data[pixel * 4 + 3] = 255;
  }
  context.putImageData(data, 0, 0);
  return canvas;
}

function metadata(type: string, imageId: unknown): object | undefined {
  const pixels = typeof imageId === 'string' ? described.get(imageId) : undefined;
  if (!pixels) return undefined;
  switch (type) {
    case 'imagePixelModule':
      return {
        samplesPerPixel: pixels.samples,
        photometricInterpretation: photometricInterpretation(pixels),
        rows: pixels.rows,
        columns: pixels.columns,
        bitsAllocated: pixels.bits,
        bitsStored: pixels.bits,
        highBit: pixels.bits - 1,
        pixelRepresentation: pixels.signed ? 1 : 0,
      };
    case 'imagePlaneModule':
      return {
        rows: pixels.rows,
        columns: pixels.columns,
        rowCosines: [1, 0, 0],
        columnCosines: [0, 1, 0],
        imageOrientationPatient: [1, 0, 0, 0, 1, 0],
        imagePositionPatient: [0, 0, 0],
        rowPixelSpacing: shownSpacing(pixels).row,
        columnPixelSpacing: shownSpacing(pixels).column,
        frameOfReferenceUID: imageId,
      };
    case 'generalSeriesModule':
      return { modality: 'OT' };
    case 'voiLutModule':
      return pixels.window
        ? {
            windowCenter: [pixels.window.center],
            windowWidth: [pixels.window.width],
            voiLUTFunction: pixels.windowFunction,
          }
        : {};
    default:
      return undefined;
  }
}
