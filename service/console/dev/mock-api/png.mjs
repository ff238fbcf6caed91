import { crc32, deflateSync } from 'node:zlib';

/** A frame as a small grey or colour PNG, through its own window. */
export function png({ data, headers }, size) {
  const rows = headers['X-Rows'];
  const columns = headers['X-Columns'];
  const samples = headers['X-Samples'];
  const scale = Math.min(1, size / Math.max(rows, columns));
  const height = Math.max(1, Math.round(rows * scale));
  const width = Math.max(1, Math.round(columns * scale));
  const low = headers['X-Window-Center'] - headers['X-Window-Width'] / 2;
  const raw = Buffer.alloc(height * (1 + width * samples));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * samples; x++) {
      const source =
        Math.floor(y / scale) * columns * samples +
        Math.floor(Math.floor(x / samples) / scale) * samples +
        (x % samples);
      let value = data[source] * headers['X-Slope'] + headers['X-Intercept'];
      value = Math.max(0, Math.min(255, ((value - low) / headers['X-Window-Width']) * 255));
      raw[y * (1 + width * samples) + 1 + x] = headers['X-Inverted'] ? 255 - value : value;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, samples === 3 ? 2 : 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named) >>> 0, named.length + 4);
  return whole;
}
