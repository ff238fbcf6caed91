import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { AuditTrail } from '../audit/AuditTrail';
import { ModelComparison } from '../comparison/ModelComparison';
import { useKeys } from '../keyboard/useKeys';
import { PriorStudies } from '../priors/PriorStudies';
import { QuestionPanel } from '../questions/QuestionPanel';
import { useConversation } from '../questions/useConversation';
import { inReadingOrder } from '../report/findingsOrder';
import { ReportPanel } from '../report/ReportPanel';
import { useReport } from '../report/useReport';
import type { Finding, Question, Study } from '../api/shapes';
import { ImagesKept } from '../retention/ImagesKept';
import { useRetention } from '../retention/useRetention';
import { stacksOf, whereSeen } from '../viewer/frames';
import { regionsOfAnswer, regionsOfFindings } from '../viewer/regions';
import { SeriesStrip } from '../viewer/SeriesStrip';
import { goTo, stayAt, type Tab } from './place';
import { ModelInputs } from './ModelInputs';
import { StudyNotices } from './StudyNotices';
import { Tabs } from './Tabs';
import { useWideScreen } from './useWideScreen';

const Viewer = lazy(() => import('../viewer/Viewer'));

interface Props {
  study: Study;
  tab: Tab;
  onHelp: () => void;
}

/** The reading desk: series, images, and beside them the report, the questions and the trail. */
export function StudyPage({ study, tab, onHelp }: Props) {
  const uid = study.studyInstanceUid;
  const desk = useReport(study);
  const conversation = useConversation(uid);
  const retention = useRetention(uid);
  const stacks = useMemo(() => stacksOf(study), [study]);
  // By its UID and not its place: new images may bring series that come before it.
  const [chosen, setChosen] = useState<string | null>(null);
  const [target, setTarget] = useState({ frame: 0 });
  const [selected, setSelected] = useState<string | null>(null);
  const [asked, setAsked] = useState<Question | null>(null);
  const findings = desk.report?.findings;
  const regions = useMemo(
    () => (asked ? regionsOfAnswer(asked) : regionsOfFindings(findings ?? [], selected)),
    [asked, findings, selected],
  );
  const question = useRef<HTMLTextAreaElement>(null);
  const wide = useWideScreen();
  const current = Math.max(
    0,
    stacks.findIndex(({ series, frames }) =>
      chosen === null ? frames.length > 0 : series.seriesInstanceUid === chosen,
    ),
  );
  const stack = stacks[current];

  const open = useCallback(
    (next: Tab) => stayAt({ page: 'study', studyInstanceUid: uid, tab: next }),
    [uid],
  );
  const selectSeries = (index: number) => {
    const next = stacks[index];
    if (!next) return;
    setChosen(next.series.seriesInstanceUid);
    setTarget({ frame: 0 });
  };
  const lookAt = (image: Pick<Finding, 'sopInstanceUid' | 'frameNumber'>) => {
    const seen = whereSeen(stacks, image);
    if (!seen) return;
    setChosen(stacks[seen.stack]?.series.seriesInstanceUid ?? null);
    setTarget({ frame: seen.frame });
  };
  const selectFinding = (finding: Finding) => {
    setSelected(finding.id);
    setAsked(null);
    lookAt(finding);
  };
  const outlineAnswer = (question: Question) => {
    const first = question.regions[0];
    setAsked(question);
    if (first) lookAt(first);
  };
  const stepFinding = (step: number) => {
    const findings = inReadingOrder(desk.report?.findings ?? []);
    if (findings.length === 0) return;
    if (tab !== 'report') open('report');
    const at = findings.findIndex((finding) => finding.id === selected);
    const next = at < 0 ? (step > 0 ? 0 : findings.length - 1) : at + step;
    const finding = findings[(next + findings.length) % findings.length];
    if (finding) selectFinding(finding);
  };
  const focusQuestion = () => {
    if (!wide) open('questions');
    requestAnimationFrame(() => question.current?.focus());
  };

  useKeys({
    back: () => goTo({ page: 'worklist' }),
    help: onHelp,
    findingNext: () => stepFinding(1),
    findingPrevious: () => stepFinding(-1),
    question: focusQuestion,
    report: () => open('report'),
    audit: () => open('audit'),
    seriesNext: () => selectSeries(current + 1),
    seriesPrevious: () => selectSeries(current - 1),
  });

  const shownTab = wide && tab === 'questions' ? 'report' : tab;
  const closed = study.revision === 0 ? 'Questions can be asked when the study is complete.' : null;
  return (
    <main className={wide ? 'study wide' : 'study'} data-testid="study">
      <StudyNotices study={study} report={desk.report ?? null} retention={retention.retention} />
      <SeriesStrip
        studyInstanceUid={uid}
        stacks={stacks}
        current={current}
        onSelect={selectSeries}
      />
      {stack ? (
        <Suspense fallback={<section className="viewer quiet-page">Loading the viewer…</section>}>
          <Viewer studyInstanceUid={uid} stack={stack} target={target} regions={regions} />
        </Suspense>
      ) : (
        <section className="viewer quiet-page">This study has no series.</section>
      )}
      <div className="side">
        <PriorStudies study={study} />
        <Tabs current={shownTab} withQuestions={!wide} onOpen={open} onQuestion={focusQuestion} />
        <div className="side-scroll" role="tabpanel" aria-labelledby={`tab-${shownTab}`}>
          <ReportPanel
            study={study}
            desk={desk}
            selected={selected}
            onSelect={selectFinding}
            hidden={shownTab !== 'report'}
          />
          <ModelInputs study={study} hidden={shownTab !== 'report'} />
          <ModelComparison study={study} hidden={shownTab !== 'report'} />
          <ImagesKept desk={retention} hidden={shownTab !== 'report'} />
          {!wide && (
            <QuestionPanel
              conversation={conversation}
              closed={closed}
              field={question}
              onOutline={outlineAnswer}
              hidden={shownTab !== 'questions'}
            />
          )}
          <AuditTrail
            studyInstanceUid={uid}
            changed={`${study.revision} ${study.instanceCount} ${study.analysis?.state} ${study.report?.version} ${conversation.history?.length} ${retention.retention?.hold?.at}`}
            hidden={shownTab !== 'audit'}
          />
        </div>
      </div>
      {wide && (
        <div className="side questions-column">
          <QuestionPanel
            conversation={conversation}
            closed={closed}
            field={question}
            onOutline={outlineAnswer}
            hidden={false}
          />
        </div>
      )}
    </main>
  );
}
