import 'server-only';
import { Transform } from 'node:stream';

/** Lets bytes through at a given speed. The speed is asked for at each piece, so that it can be changed on the way. */
export function throttle(bytesPerSecond: () => number | undefined): Transform {
  let ahead = 0;
  let last = performance.now();
  return new Transform({
    highWaterMark: 16_384,
    transform(chunk: Buffer, _encoding, done) {
      const speed = bytesPerSecond();
      if (speed === undefined) return done(null, chunk);
      const now = performance.now();
      ahead = Math.max(0, ahead - ((now - last) / 1000) * speed) + chunk.length;
      last = now;
      setTimeout(() => done(null, chunk), (ahead / speed) * 1000);
    },
  });
}
