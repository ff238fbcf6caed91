import type { ModelInput, Series, Study } from '../api/shapes';
import { CompletenessWords } from '../worklist/CompletenessWords';

const priorities = {
  URGENT: 'urgent: drafted before others',
  NORMAL: 'normal',
  OFF_PEAK: 'off-peak: drafted when others are done',
};

/** What became of the study: whether all of it is here, and what the model was shown. */
export function ModelInputs({ study, hidden }: { study: Study; hidden: boolean }) {
  const read = study.modelInputs.filter((input) => input.sopInstanceUid !== null);
  const leftOut = study.modelInputs.filter((input) => input.sopInstanceUid === null);
  const triage = study.triage;
  return (
    <section className="model-inputs" hidden={hidden} data-testid="model-inputs">
      <h2 className="section-title">From the images to the draft</h2>
      <dl className="facts">
        <dt>Images</dt>
        <dd>
          <CompletenessWords of={study.completeness} />
        </dd>
        {triage !== null && (
          <>
            <dt>Triage</dt>
            <dd>{triage.draft ? priorities[triage.priority] : `not drafted: ${triage.reason}`}</dd>
          </>
        )}
        {read.length > 0 && (
          <>
            <dt>The model read</dt>
            <dd>
              <ul data-testid="model-read">
                {read.map((input) => (
                  <li key={`${input.sopInstanceUid} ${input.frame} ${input.window}`}>
                    {seriesName(study.series, input)}: {input.reason}
                    {input.window !== null && `, ${input.window} window`}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {leftOut.length > 0 && (
          <>
            <dt>Left out</dt>
            <dd>
              <ul data-testid="model-left-out">
                {leftOut.map((input) => (
                  <li key={`${input.seriesInstanceUid} ${input.reason}`}>
                    {seriesName(study.series, input)},{' '}
                    {input.images === 1 ? '1 image' : `${input.images} images`}: {input.reason}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function seriesName(all: Series[], { seriesInstanceUid }: ModelInput): string {
  const series = all.find((each) => each.seriesInstanceUid === seriesInstanceUid);
  if (!series) return 'A series';
  const number = series.seriesNumber === null ? '' : ` ${series.seriesNumber}`;
  const description = series.seriesDescription ? ` ‘${series.seriesDescription}’` : '';
  return `Series${number}${description}`;
}
