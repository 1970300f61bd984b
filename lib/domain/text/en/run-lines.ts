/** What every page may be told of a run: titles of its steps, why it stopped itself, and its lines in the timeline. */
export const runLines: Record<string, string> = {
  'step.lock.title': 'Lock the cluster and freeze the plan',
  'step.copy-ahead.title': 'Copy ahead while the {source} works',
  'step.fence-ahead.title': 'Fence the {source}: it must not come back',
  'step.shut-down.title': 'Shut the {source} down',
  'step.prove-stopped.title': 'Prove that it stopped',
  'step.prove-fence.title': 'Prove the fence and leave a marker',
  'step.copy-rest.title': 'Copy the rest and verify every file',
  'step.retire.title': 'Retire the {source}’s journal',
  'step.move-name.title': 'Move the name to the {target}',
  'step.unfence.title': 'Take the fence off the {target}',
  'step.start.title': 'Start the {target}',
  'step.prove-works.title': 'Prove that it works',
  'step.tell-joc.title': 'Tell JOC Cockpit',
  'step.agents.title': 'Wait until the Agents couple again',
  'step.report.title': 'Write the report and release the lock',

  'run.stopped.source-running': 'Somebody started the {source} again.',
  'run.stopped.source-ended': 'The {source} ended by itself before it was shut down.',
  'run.stopped.target-running': 'Somebody started the {target} before its time.',
  'run.stopped.journal-changed': 'The {source}’s journal changed after it was proved to have stopped.',
  'run.stopped.fence-gone': 'The fence of the {source} is gone.',
  'run.stopped.lock-lost': 'The lock is not ours any more.',
  'run.stopped.other-lineage': 'The Controller that answers has another journal than planned.',
  'run.stopped.not-proper': 'The {source} has ended, but its journal does not end as a proper stop leaves it.',
  'run.stopped.target-refused': 'The {target} ended by itself after its start.',
  'run.stopped.step-failed': 'A step failed.',
  'run.stopped.cannot-see': 'What the next act needs could not be seen in time.',
  'run.stopped.not-reached': 'The goal of the step was not reached in time.',
  'run.stopped.interrupted': 'Handover was interrupted.',

  // Lines of the cluster's timeline.
  'event.run.began': 'Run {run} began: from the {source} to the {target}',
  'event.run.chose.continue': 'Run {run}: continued',
  'event.run.chose.undo': 'Run {run}: undo chosen',
  'event.run.chose.by-hand': 'Run {run}: taken over by hand',
  'event.run.chose.done-by-hand': 'Run {run}: said to be done by hand',
  'event.run.stopped': 'Run {run} stopped itself and asks: {why}',
  'event.run.interrupted': 'Run {run} was interrupted and waits for a person',
  'event.run.target-stopped': 'Run {run}: the {target} worked with another journal and was stopped at once',
  'event.run.ended.succeeded': 'Run {run} succeeded: the {target} works; nobody worked for {down}',
  'event.run.ended.succeeded.rest': 'Run {run} succeeded: the {target} works',
  'event.run.agents-left': 'Run {run} goes on, but not all Agents coupled again: {agents}',
  'event.run.joc-left': 'Run {run} goes on without {joc}: JOC Cockpit does not follow yet',
  'event.run.ended.undone': 'Run {run} is undone: everything is as before',
  'event.run.ended.by-hand': 'Run {run} was finished by hand',

  'event.way.began': 'A way back after the split brain was begun',
  'event.way.ended.done': 'The way back is done: one works, from the newer journal',
  'event.way.ended.left': 'The way back was left: a person goes on by hand',
  'way.evidence.lock': 'Locked in every engine.',
  'way.evidence.stop': 'Both are stopped and silent, restart policies no. {kept} ends at event {keptEvent}, {aside} at {asideEvent}.',
  'way.evidence.keep': 'The journal of {aside} was renamed in its volume, its backup flag is {flag}.',
  'way.evidence.start': '{kept} is active and ready and has stayed so, at event {event}, with {orders} orders.',
  'way.evidence.reset': 'ResetAgent with force was accepted for {agent}.',
  'way.evidence.end': 'The restart policy is as it was, the lock is released.',

  'run.early.works':
    '{name} was started before its time and is all that the run wants: active, with this journal and no event missing, while the other one is stopped, fenced and without a journal. Continue: the run proves that and ends. It cannot be undone any more: what {name} has done since would be lost.',
  'run.early.gone-on-runs':
    '{name} runs and has gone on with this run’s journal, but is not seen to be active and ready. Give it time and look at its log; when it is active, continue. Do not undo: its journal is the newest one there is.',
  'run.early.gone-on':
    '{name} has worked with this run’s journal and is stopped now. Its journal is the newest one there is: start it again by hand, wait until it is active, and continue. The run then proves it and ends. Undo is not offered: what it has done would be lost.',
  'run.early.gone-on-early':
    '{name} was started with the copy before the other one’s journal was retired, and has gone on with it: it holds the newest journal. Keep it, and choose “By hand”: the commands that remain retire the other one’s journal. Start with those. Do not undo.',
  'run.early.stopped':
    '{name} is stopped again, and has not gone on with this run’s journal. Find out who started it, then continue or undo: both look at everything first.',
  'run.early.unknown':
    'Whether {name} runs cannot be seen now. Restore the connection to its engine first; until then it counts as running.',
  'run.early.idles':
    '{name} runs, but is not active. It cannot be used while it runs: stop it by hand, then continue or undo. Both look at everything first.',
  'run.early.other':
    '{name} is active, but not as this run wants it. Two may live: stop it by hand at once. Then compare the journals; continue or undo look at everything first, and refuse where its journal is not as planned.',

  'journals.problem.said': '{what}',
  'journals.problem.more': 'More events than can be read here follow in {path}.',
  'journals.problem.broke-off': 'Reading {path} broke off: {why}',
  'journals.problem.no-engine': 'The engine {engine} is not configured any more.',
  'journals.problem.no-container': 'There is no container {name}.',
  'journals.problem.no-file': 'There is no journal file in {path}.',
  'journals.problem.no-common-file': 'No file is left that both have: where they part cannot be told from these files.',
  'journals.problem.unreadable': 'The files could not be read.',
};
