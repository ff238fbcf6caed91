import { fetchJson } from '../api/client';
import type { RuleTrial, TriageRule, TriageRules } from '../api/shapes';

export function readRules(signal?: AbortSignal): Promise<TriageRules> {
  return fetchJson<TriageRules>('/api/triage/rules', { signal });
}

export function changeRules(
  version: number,
  rules: TriageRule[],
  comment: string,
): Promise<TriageRules> {
  return fetchJson<TriageRules>('/api/triage/rules', {
    method: 'PUT',
    body: { version, rules, comment },
  });
}

/** Tries a condition on a study; without one it is only read. */
export function tryRule(when: string, studyInstanceUid: string | null): Promise<RuleTrial> {
  return fetchJson<RuleTrial>('/api/triage/try', {
    method: 'POST',
    body: { when, studyInstanceUid },
  });
}

export const newRule: TriageRule = {
  name: '',
  when: '',
  priority: null,
  draft: null,
  reason: null,
  catalogue: null,
  model: null,
};

/** What a rule does, in a few words. */
export function effectsInWords(rule: TriageRule): string {
  const priority = { URGENT: 'urgent', NORMAL: 'normal', OFF_PEAK: 'off-peak' };
  const effects: string[] = [];
  if (rule.draft === false) effects.push(`not drafted: ${rule.reason ?? ''}`);
  if (rule.draft === true) effects.push('drafted');
  if (rule.priority !== null) effects.push(priority[rule.priority]);
  if (rule.catalogue !== null) effects.push(`asks ${rule.catalogue}`);
  if (rule.model !== null) effects.push(`drafted by ${rule.model}`);
  return effects.join(', ');
}

/** A rule in another place of the order. */
export function moved(rules: TriageRule[], from: number, to: number): TriageRule[] {
  const rule = rules[from];
  if (rule === undefined || to < 0 || to >= rules.length) return rules;
  const rest = rules.filter((_, index) => index !== from);
  return [...rest.slice(0, to), rule, ...rest.slice(to)];
}

/** The text around the place of a mistake, so that the place can be marked. */
export function aroundMistake(text: string, position: number): [string, string, string] {
  const at = Math.max(0, Math.min(position, text.length));
  const end = Math.min(text.length, at + 1);
  return [text.slice(0, at), text.slice(at, end) || ' ', text.slice(end)];
}
