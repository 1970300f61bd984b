/** Texts that pages of open runs and pages of past runs share (runbook-ui.ts, runbook-past.ts). */
export const runbookBoth = {
  'runbook.compare.fact': 'Fact',
  'runbook.state.notDone': 'not done',
  'runbook.state.cutOff': 'cut off',
  'runbook.prepare.open.do': 'Open run {run}',
  'runbook.runs': 'Runs',
} as const;
