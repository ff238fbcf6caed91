import type { ContrastiveScore, Report } from '../api/shapes';
import { percent } from './findingsOrder';

/** "medsiglip 2 beside it, weight 0.5": the contrastive model that had a part in a draft. */
export function besideInWords({ model, weight }: NonNullable<Report['contrastive']>): string {
  const part = weight > 0 ? `weight ${weight}` : 'shown only';
  return `${model.name} ${model.version} beside it, ${part}`;
}

/** Both scores of a finding, each with whose it is, and what was made of them. */
export function scoresInWords(
  score: ContrastiveScore,
  { model }: NonNullable<Report['contrastive']>,
  drafting: string,
): string {
  const alone = `${drafting} alone ${percent(score.alone)}`;
  if (score.probability === null) {
    const odds = `${score.logOdds < 0 ? '−' : '+'}${Math.abs(score.logOdds).toFixed(1)}`;
    return `${alone} · ${model.name} ${odds}, not calibrated: no part in the probability`;
  }
  const other = `${model.name} ${percent(score.probability)}`;
  return `${alone} · ${other}${score.joined ? ', joined' : ': no part in the probability'}`;
}
