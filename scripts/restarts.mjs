/** May it be started again? At most `max` times within `withinMs`; a server that ends at each start is a fault that a person has to see. */
export function restarts(max, withinMs) {
  let times = [];
  return (now) => {
    times = times.filter((t) => now - t < withinMs);
    if (times.length >= max) return false;
    times.push(now);
    return true;
  };
}
