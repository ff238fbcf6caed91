/** Generated pixels: a chest-like projection, CT-like slices, a colour loop. */

const noise = (x, y, seed) => {
  const s = Math.sin(x * 12.9898 + y * 78.233 + seed * 37.719) * 43758.5453;
  return s - Math.floor(s);
};
const ellipse = (x, y, cx, cy, rx, ry) => 1 - ((x - cx) / rx) ** 2 - ((y - cy) / ry) ** 2;
const soft = (value, edge) => 1 / (1 + Math.exp(-value / edge));

function chest(x, y, side) {
  let density = 0.85 * soft(ellipse(x, y, 0.5, 0.62, 0.46, 0.62), 0.04);
  density -= 0.55 * soft(ellipse(x, y, 0.31, 0.48, 0.15, 0.3), 0.08);
  density -= 0.55 * soft(ellipse(x, y, 0.69, 0.48, 0.15, 0.3), 0.08);
  density += 0.35 * soft(ellipse(x, y, 0.56, 0.64, 0.15, 0.15), 0.1);
  density += 0.25 * soft(0.035 - Math.abs(x - 0.5), 0.01);
  for (let rib = 0; rib < 8; rib++) {
    const line = 0.2 + rib * 0.075 + 0.35 * (x - 0.5) ** 2 * (side ? -1 : 1);
    density += 0.06 * soft(0.012 - Math.abs(y - line), 0.003);
  }
  return density;
}

export function frame(kind, index, count) {
  if (kind === 'ct') return ct(index, count);
  if (kind === 'us') return us(index, count);
  const rows = 1024;
  const columns = 860;
  const inverted = kind === 'mono1';
  const data = new Uint16Array(rows * columns);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let value = 300 + 3000 * chest(x / columns, y / rows, index % 2) + 120 * noise(x, y, index);
      if (index % 2) value *= 0.85 + 0.3 * (x / columns);
      value = Math.max(0, Math.min(4095, value));
      data[y * columns + x] = inverted ? 4095 - value : value;
    }
  }
  return {
    data,
    headers: head({
      rows,
      columns,
      samples: 1,
      bits: 16,
      signed: false,
      slope: 1,
      intercept: 0,
      center: inverted ? 2200 : 1900,
      width: 3400,
      inverted,
      spacing: '0.4\\0.4',
    }),
  };
}

function ct(index, count) {
  const size = 256;
  const data = new Int16Array(size * size);
  const z = index / Math.max(1, count - 1);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const u = x / size;
      const v = y / size;
      let hu = -1000;
      if (ellipse(u, v, 0.5, 0.5, 0.42, 0.32) > 0) hu = -90;
      if (ellipse(u, v, 0.5, 0.5, 0.39, 0.29) > 0) hu = 45;
      if (ellipse(u, v, 0.33, 0.48, 0.13 * (1 - z * 0.6), 0.2 * (1 - z * 0.5)) > 0) hu = -850;
      if (ellipse(u, v, 0.67, 0.48, 0.13 * (1 - z * 0.6), 0.2 * (1 - z * 0.5)) > 0) hu = -850;
      if (ellipse(u, v, 0.5, 0.72, 0.05, 0.05) > 0) hu = 600;
      if (ellipse(u, v, 0.5, 0.72, 0.02, 0.02) > 0) hu = 20;
      data[y * size + x] = hu + 30 * (noise(x, y, index) - 0.5) + 1024;
    }
  }
  return {
    data,
    headers: head({
      rows: size,
      columns: size,
      samples: 1,
      bits: 16,
      signed: true,
      slope: 1,
      intercept: -1024,
      center: 40,
      width: 400,
      inverted: false,
      spacing: '0.8\\0.8',
    }),
  };
}

function us(index, count) {
  const rows = 240;
  const columns = 320;
  const data = new Uint8Array(rows * columns * 3);
  const beat = Math.sin((index / count) * 2 * Math.PI);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const u = (x - columns / 2) / rows;
      const v = y / rows;
      const inside = Math.hypot(u, v) < 0.95 && Math.abs(u) < v * 0.8;
      const grey = inside ? 40 + 120 * noise(x >> 1, y >> 1, index % 4) : 0;
      const flow = inside && ellipse(u, v, 0.05, 0.55, 0.12 + 0.03 * beat, 0.1) > 0;
      const at = (y * columns + x) * 3;
      data[at] = flow ? 200 + 40 * beat : grey;
      data[at + 1] = flow ? 40 : grey;
      data[at + 2] = flow ? 60 - 50 * beat : grey;
    }
  }
  return {
    data,
    headers: head({
      rows,
      columns,
      samples: 3,
      bits: 8,
      signed: false,
      slope: 1,
      intercept: 0,
      center: 128,
      width: 256,
      inverted: false,
      spacing: null,
    }),
  };
}

function head(of) {
  const headers = {
    'X-Rows': of.rows,
    'X-Columns': of.columns,
    'X-Samples': of.samples,
    'X-Bits': of.bits,
    'X-Signed': of.signed,
    'X-Slope': of.slope,
    'X-Intercept': of.intercept,
    'X-Window-Center': of.center,
    'X-Window-Width': of.width,
    'X-Inverted': of.inverted,
  };
  if (of.spacing) headers['X-Pixel-Spacing'] = of.spacing;
  return headers;
}
