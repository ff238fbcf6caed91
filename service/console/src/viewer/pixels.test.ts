import { expect, test } from 'vitest';
import {
  framePixels,
  modalityValues,
  openingWindow,
  rangeOf,
  shownSpacing,
  storedValues,
} from './pixels';

const headers = (changes: Record<string, string> = {}) =>
  new Headers({
    'X-Rows': '2',
    'X-Columns': '3',
    'X-Samples': '1',
    'X-Bits': '16',
    'X-Signed': 'true',
    'X-Slope': '1.0',
    'X-Intercept': '-1024.0',
    'X-Window-Center': '40',
    'X-Window-Width': '400',
    'X-Inverted': 'false',
    'X-Pixel-Spacing': '0.5\\0.25',
    'X-Window-Function': 'SIGMOID',
    'X-Pixel-Aspect-Ratio': '2.0',
    'X-Image-Orientation': '1.0\\0.0\\0.0\\0.0\\0.0\\-1.0',
    'X-Frame-Label': 'sp%C3%A4t',
    'X-Overlays': 'true',
    'X-Not-Shown': 'overlay%206000%3A%20malformed',
    ...changes,
  });

test('all headers are read', () => {
  expect(framePixels(headers())).toEqual({
    rows: 2,
    columns: 3,
    samples: 1,
    bits: 16,
    signed: true,
    slope: 1,
    intercept: -1024,
    window: { center: 40, width: 400 },
    windowFunction: 'SIGMOID',
    inverted: false,
    pixelSpacing: { row: 0.5, column: 0.25 },
    pixelAspectRatio: 2,
    orientation: [1, 0, 0, 0, 0, -1],
    label: 'spät',
    overlays: true,
    notShown: 'overlay 6000: malformed',
  });
});

test('a window or spacing that is empty or makes no sense counts as absent', () => {
  const pixels = framePixels(headers({ 'X-Window-Width': '0', 'X-Pixel-Spacing': '0\\0' }));
  expect(pixels.window).toBeNull();
  expect(pixels.pixelSpacing).toBeNull();
  expect(framePixels(headers({ 'X-Window-Center': 'NaN' })).window).toBeNull();
});

test('without a spacing the pixels still have their shape', () => {
  const pixels = framePixels(headers({ 'X-Pixel-Spacing': '' }));
  expect(shownSpacing(pixels)).toEqual({ row: 2, column: 1 });
  expect(shownSpacing(framePixels(headers()))).toEqual({ row: 0.5, column: 0.25 });
  const square = framePixels(headers({ 'X-Pixel-Spacing': '', 'X-Pixel-Aspect-Ratio': '' }));
  expect(shownSpacing(square)).toEqual({ row: 1, column: 1 });
});

test('headers without which nothing can be shown are named', () => {
  expect(() => framePixels(headers({ 'X-Bits': '12' }))).toThrow('X-Bits: 12');
  expect(() => framePixels(headers({ 'X-Rows': '' }))).toThrow('X-Rows');
  expect(() => framePixels(headers({ 'X-Samples': '4' }))).toThrow('X-Samples: 4');
});

test('stored values are little endian and keep their sign', () => {
  const body = Uint8Array.of(0xff, 0xff, 1, 0, 0, 0x80, 2, 0, 3, 0, 4, 0).buffer;
  expect([...storedValues(framePixels(headers()), body)]).toEqual([-1, 1, -32768, 2, 3, 4]);
  const unsigned = framePixels(headers({ 'X-Signed': 'false' }));
  expect([...storedValues(unsigned, body)].slice(0, 3)).toEqual([65535, 1, 32768]);
});

test('a body that is too short is a failure, not a black image', () => {
  expect(() => storedValues(framePixels(headers()), new ArrayBuffer(11))).toThrow('11 bytes');
});

test('slope and intercept make modality values, as integers where they fit', () => {
  const pixels = framePixels(headers());
  const values = modalityValues(pixels, Int16Array.of(0, 1064, 2000));
  expect(values).toBeInstanceOf(Int16Array);
  expect([...values]).toEqual([-1024, 40, 976]);
  const half = modalityValues({ ...pixels, slope: 0.5 }, Int16Array.of(1));
  expect(half).toBeInstanceOf(Float32Array);
  expect([...half]).toEqual([-1023.5]);
  const large = modalityValues({ ...pixels, slope: 1, intercept: 10 }, Uint16Array.of(0, 65000));
  expect(large).toBeInstanceOf(Uint16Array);
  const negative = modalityValues({ ...pixels, slope: -40, intercept: 0 }, Uint16Array.of(0, 2000));
  expect([...negative]).toEqual(
    [0, -80000].map((value) => (value === 0 ? expect.closeTo(0) : value)),
  );
});

test('without a window the whole range of values is shown', () => {
  const pixels = framePixels(headers({ 'X-Window-Center': '' }));
  const range = rangeOf(Int16Array.of(-10, 5, 89));
  expect(range).toEqual({ min: -10, max: 89 });
  expect(openingWindow(pixels, range)).toEqual({ center: 40, width: 100 });
  expect(openingWindow(pixels, { min: 7, max: 7 }).width).toBe(1);
});
