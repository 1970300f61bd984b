// The figures of all benches as one Markdown page.

/** `results`: what bench/run.mjs keeps in docs/performance.json, by the bench's name. */
export function pageOf(results) {
  const parts = Object.entries(results).map(([name, r]) => {
    const rows = r.figures.map((f) => `| ${f.name} | ${f.value} ${f.unit} | ${goalOf(f)} |`);
    const notes = r.notes.length > 0 ? `\n${r.notes.map((n) => `- ${n}`).join('\n')}\n` : '';
    return `## ${r.title}\n${r.what}\n\n| figure | measured | goal |\n|---|---|---|\n${rows.join('\n')}\n${notes}\n${r.day}, ${r.machine}. Again: \`npm run bench -- ${name}\`\n`;
  });
  return `# Performance\n\nWritten by \`npm run bench\`; not edited by hand. Times are of the machine named under each table, and of what else ran there: a load average above its number of processors means that it was shared, so that times are longer than on a machine of its own (processor time and memory hardly change).\n\n${parts.join('\n')}`;
}

function goalOf(f) {
  if (f.goal === undefined) return f.floor === undefined ? '' : `floor: ${f.floor} ${f.unit}`;
  const met = f.atLeast ? f.value >= f.goal : f.value <= f.goal;
  return `${f.atLeast ? 'at least' : 'at most'} ${f.goal} ${f.unit}: ${met ? 'met' : '**missed**'}`;
}
