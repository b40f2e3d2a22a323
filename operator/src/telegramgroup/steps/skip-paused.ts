/** Everything stays as it is while spec.suspend is true, or the annotation says so; deletion goes on in any case. */
import { ANNOTATIONS } from '../../desired/names.ts';
import { no, say, yes, type Step } from '../work.ts';

export const skipPaused: Step = async (work) => {
  const { spec, metadata } = work.group;
  if (spec.suspend) {
    say(work, 'Paused', yes('Suspended', 'spec.suspend is true: nothing is changed until it is false'));
    return 'end';
  }
  if (metadata.annotations?.[ANNOTATIONS.paused] === 'true') {
    const message = `the annotation ${ANNOTATIONS.paused} is "true": nothing is changed until it is removed`;
    say(work, 'Paused', yes('Annotated', message));
    return 'end';
  }
  say(work, 'Paused', no('NotPaused', ''));
  return 'next';
};
