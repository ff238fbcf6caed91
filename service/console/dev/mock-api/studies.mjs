import { randomUUID } from 'node:crypto';

const now = Date.now();
const minutesAgo = (minutes) => new Date(now - minutes * 60_000).toISOString();
export const model = {
  name: 'overread-chest',
  version: '1.0.0',
  digest: '9f2c1b7a44e0d1c2b3a4958677869504132231405f6e7d8c9b0a1b2c3d4e5f60',
  provider: 'CPU',
};

const catalogue = [
  ['lung-opacity', 'Lung opacity', 0.86, true, 'There is an opacity in the right lower zone.'],
  ['cardiomegaly', 'Cardiomegaly', 0.71, true, 'The heart is enlarged.'],
  ['atelectasis', 'Atelectasis', 0.52, null, 'Atelectasis can not be determined.'],
  ['pleural-effusion', 'Pleural effusion', 0.12, false, 'There is no pleural effusion.'],
  ['pneumothorax', 'Pneumothorax', 0.004, false, 'There is no pneumothorax.'],
  ['pneumonia', 'Pneumonia', 0.44, null, 'Pneumonia can not be determined.'],
  ['edema', 'Pulmonary oedema', 0.09, false, 'There is no pulmonary oedema.'],
  ['nodule', 'Pulmonary nodule', 0.21, false, 'There is no pulmonary nodule.'],
  ['fracture', 'Rib fracture', 0.06, false, 'There is no rib fracture.'],
  ['device', 'Support device', 0.03, false, 'There is no support device.'],
];

let next = 0;
/** A study with its series, and beside it what the mock alone knows (`$kind`, `$report` ...). */
export function study(name, changes = {}) {
  const uid = `1.2.826.0.1.3680043.8.498.${++next}`;
  const kind = changes.kind ?? 'chest';
  const series = changes.series ?? [
    instances(uid, 1, kind === 'ct' ? 'CT' : 'DX', kind, changes.count ?? (kind === 'ct' ? 40 : 2)),
  ];
  const received = changes.minutes ?? next * 7;
  return {
    studyInstanceUid: uid,
    state: 'COMPLETE',
    revision: 1,
    patientName: name,
    patientId: `OVR-${1000 + next}`,
    patientBirthDate: `19${40 + ((next * 7) % 55)}0${1 + (next % 9)}15`,
    patientSex: next % 2 ? 'F' : 'M',
    accessionNumber: `ACC${260000 + next}`,
    studyDate: '20261123',
    studyTime: `0${next % 10}1500`,
    studyDescription: kind === 'ct' ? 'CT chest' : 'Chest PA and lateral',
    modalities: [...new Set(series.map((each) => each.modality))],
    instanceCount: series.flatMap((each) => each.instances).length,
    firstInstanceAt: minutesAgo(received + 1),
    lastInstanceAt: minutesAgo(received),
    completedAt: minutesAgo(received - 1),
    completeness: { state: 'COMPLETE', reason: 'quiet for 60 s' },
    triage: { revision: 1, priority: 'NORMAL', draft: true, reason: null },
    analysis: { state: 'DONE', step: null, progress: 1, failure: null },
    report: null,
    series,
    modelInputs: modelInputs(series),
    $kind: kind,
    $questions: [],
    $audit: [],
    ...changes.row,
  };
}

function modelInputs(series) {
  return series.map((each, index) => ({
    seriesInstanceUid: each.seriesInstanceUid,
    sopInstanceUid: index === 0 ? each.instances[0].sopInstanceUid : null,
    frame: index === 0 ? 1 : null,
    window: each.modality === 'CT' ? 'lung' : null,
    images: 1,
    reason: index === 0 ? 'frontal view (PA)' : 'localizer',
  }));
}

export const rules = {
  version: 1,
  rules: [
    {
      name: 'Quality control image by its attribute',
      when: 'QualityControlImage = YES',
      priority: null,
      draft: false,
      reason: 'quality control image',
      catalogue: null,
      model: null,
    },
    {
      name: 'CT of the chest at night',
      when: 'Modality = CT and BodyPartExamined in (CHEST, THORAX)',
      priority: 'OFF_PEAK',
      draft: null,
      reason: null,
      catalogue: 'chest-ct',
      model: null,
    },
  ],
  changes: [
    { version: 1, by: 'user:admin', at: minutesAgo(600), comment: 'Night reading of chest CT' },
  ],
  catalogues: ['brain-mr', 'chest-ct', 'chest-radiograph', 'general'],
  models: ['overread-mini', 'medgemma'],
};

export function instances(uid, number, modality, kind, count, frames = 1) {
  return {
    seriesInstanceUid: `${uid}.${number}`,
    modality,
    bodyPartExamined: 'CHEST',
    seriesNumber: number,
    seriesDescription: { ct: 'Axial 3 mm', us: 'Apical loop', sr: 'Dose report' }[kind] ?? 'Chest',
    $kind: kind,
    instances: Array.from({ length: count }, (_, index) => ({
      sopInstanceUid: `${uid}.${number}.${index + 1}`,
      sopClassUid: kind === 'sr' ? '1.2.840.10008.5.1.4.1.1.88.67' : '1.2.840.10008.5.1.4.1.1.1.1',
      transferSyntaxUid: '1.2.840.10008.1.2.1',
      instanceNumber: index + 1,
      rows: { sr: null, ct: 256, us: 240 }[kind] ?? (kind === 'sr' ? null : 1024),
      columns: { ct: 256, us: 320 }[kind] ?? (kind === 'sr' ? null : 860),
      numberOfFrames: kind === 'sr' ? null : frames,
    })),
  };
}

export function findings(of) {
  const images = of.series.flatMap((each) => each.instances).filter((each) => each.rows);
  return catalogue.map(([findingId, name, probability, present, sentence], index) => ({
    id: randomUUID(),
    findingId,
    name,
    question: `Is there ${name.toLowerCase()}?`,
    probability,
    present,
    sentence,
    codes: [{ system: 'http://snomed.info/sct', code: `${36118000 + index}`, display: name }],
    sopInstanceUid: images[index % images.length]?.sopInstanceUid ?? null,
    frameNumber: 1,
    region:
      present && index < 2
        ? {
            box: { left: 40, top: 60 + 40 * index, right: 110, bottom: 130 + 40 * index },
            method: index === 0 ? 'MAP' : 'OCCLUSION',
          }
        : null,
  }));
}

export function drafted(of, changes = {}) {
  const found = findings(of);
  const text = `Findings:\n${found.map((each) => each.sentence).join(' ')}\n\nImpression:\nRight lower zone opacity. Enlarged heart.`;
  of.$report = {
    id: randomUUID(),
    status: 'preliminary',
    reviewState: 'DRAFTED',
    version: 1,
    studyRevision: of.revision,
    draftText: text,
    text,
    signedText: null,
    replaces: null,
    createdAt: of.completedAt ?? minutesAgo(0),
    updatedAt: of.completedAt ?? minutesAgo(0),
    signedBy: null,
    signedByName: null,
    signedAt: null,
    signatureMeaning: null,
    model: { ...model, provider: undefined },
    findings: found,
    notice: null,
    ...changes,
  };
  reference(of);
  return of;
}

export function reference(of) {
  const { id, status, reviewState, version } = of.$report;
  of.report = { id, status, reviewState, version };
}

export function begin() {
  next = 0;
  const list = [
    drafted(study('Baker^Margaret^Jane')),
    study('Receiving^Rita', {
      minutes: 0,
      row: {
        state: 'RECEIVING',
        revision: 0,
        completedAt: null,
        completeness: { state: 'UNKNOWN', reason: 'still arriving' },
        triage: null,
        analysis: null,
        instanceCount: 17,
      },
    }),
    study('Drafting^Dan', {
      row: { analysis: { state: 'RUNNING', step: 'Findings', progress: 0.42, failure: null } },
    }),
    drafted(study('Yamada^Tarou=山田^太郎=やまだ^たろう', { kind: 'ct' })),
    drafted(
      study(
        'Wolfeschlegelsteinhausenbergerdorff^Hubert Blaine Bartholomew Maximilian^von und zu^Prof. Dr. Dr. h.c.^Senior',
      ),
      { reviewState: 'EDITED', version: 3 },
    ),
    drafted(study('قباني^نزار'), { reviewState: 'ACCEPTED', version: 2 }),
    drafted(study('Παπαδόπουλος^Διονύσιος'), {
      reviewState: 'SIGNED',
      status: 'final',
      version: 3,
      signedBy: 'reader',
      signedByName: 'Dr. Rosalind Reader',
      signedAt: minutesAgo(30),
      signatureMeaning: 'I have read the images and verified this report.',
    }),
    study('Failed^Fiona', {
      row: {
        analysis: {
          state: 'FAILED',
          step: null,
          progress: 0.1,
          failure: 'No image of this study is a chest radiograph that the model accepts.',
        },
      },
    }),
    study('Phantom^Phil', {
      row: {
        analysis: null,
        modelInputs: [],
        triage: { revision: 1, priority: 'NORMAL', draft: false, reason: 'quality control image' },
      },
    }),
    drafted(study('Mixed^Mia', { series: [] })),
    drafted(
      study('Revised^Roy', {
        row: {
          revision: 2,
          analysis: { state: 'RUNNING', step: 'Encoding images', progress: 0.2, failure: null },
        },
      }),
      { studyRevision: 1 },
    ),
    drafted(study('Rejected^Rob'), { reviewState: 'REJECTED', status: 'cancelled', version: 2 }),
    drafted(study('Inverse^Ivy', { kind: 'mono1' })),
  ];
  const mixed = list[9];
  mixed.completeness = {
    state: 'PARTIAL',
    reason: "forced end after 90 min, series 'B' missing",
  };
  mixed.triage.priority = 'URGENT';
  mixed.series = [
    instances(mixed.studyInstanceUid, 1, 'DX', 'chest', 2),
    instances(mixed.studyInstanceUid, 2, 'US', 'us', 1, 24),
    instances(mixed.studyInstanceUid, 3, 'CT', 'ct', 30),
    instances(mixed.studyInstanceUid, 4, 'DX', 'broken', 2),
    instances(mixed.studyInstanceUid, 5, 'SR', 'sr', 1),
  ];
  mixed.modelInputs = modelInputs(mixed.series);
  mixed.modalities = ['DX', 'US', 'CT', 'SR'];
  mixed.instanceCount = 36;
  list[6].$report.signedText = list[6].$report.text;
  list[6].$deliveries = deliveries(list[6].$report.id);
  for (const each of list) history(each);
  return list;
}

/** Every state that a delivery can be in, of a signed report and of the draft before it. */
function deliveries(reportId) {
  const delivery = (kind, destination, state, change = {}) => ({
    id: randomUUID(),
    reportId,
    reportVersion: 3,
    event: 'SIGNATURE',
    kind,
    sopInstanceUid: `2.25.${kind.length}`,
    destination,
    state,
    tries: 0,
    status: null,
    reason: null,
    nextStepAt: null,
    updatedAt: minutesAgo(20),
    ...change,
  });
  return [
    delivery('PDF', 'archive', 'REFUSED', { status: '0122', reason: 'SOP Class not supported' }),
    delivery('SC', 'archive', 'QUEUED', {
      tries: 2,
      status: 'A700',
      reason: 'out of resources: the disk is full',
      nextStepAt: minutesAgo(-2),
    }),
    delivery('SR', 'archive', 'COMMITTED', { status: '0000', reason: 'found by C-FIND' }),
    delivery('SR', 'viewer', 'SENT', { status: '200', nextStepAt: minutesAgo(-1) }),
    delivery('SR', 'archive', 'GIVEN_UP', {
      reportVersion: 1,
      event: 'DRAFT',
      reason: 'a signed version of the report takes its place',
    }),
  ];
}

let sequence = 0;
export function note(of, action, actor, detail = {}, outcome = 'SUCCESS') {
  of.$audit.push({
    sequence: ++sequence,
    recordedAt: new Date().toISOString(),
    action,
    outcome,
    actor,
    subject: of.$report ? `DiagnosticReport/${of.$report.id}` : null,
    detail,
    digest: randomUUID().replaceAll('-', '').repeat(2),
  });
}

function history(of) {
  note(of, 'ASSOCIATION_ACCEPTED', 'ae:MODALITY1', {
    callingAeTitle: 'MODALITY1',
    remoteAddress: '127.0.0.1',
  });
  for (const each of of.series) {
    for (const instance of each.instances) {
      note(of, 'INSTANCE_STORED', 'ae:MODALITY1', {
        sopInstanceUid: instance.sopInstanceUid,
        dataSetDigest: 'a1b2c3d4'.repeat(8),
      });
    }
  }
  note(
    of,
    'INSTANCE_REFUSED',
    'ae:MODALITY1',
    { status: 'DuplicateSopInstance', reason: 'Another object under this UID is stored' },
    'REFUSED',
  );
  note(of, 'STUDY_COMPLETED', 'service', { revision: '1', instances: String(of.instanceCount) });
  if (of.$report) {
    note(of, 'MODEL_RAN', 'service', {
      model: 'overread-chest 1.0.0',
      modelDigest: model.digest,
      seed: '42',
    });
    note(of, 'DRAFT_WRITTEN', 'service', { version: '1' });
  }
}
