"""Reading practice: what a source states of one image, said by the label tokens, over the grid of another.

The encoder's logits on the images it learnt are right nearly always, and so is what the grid looks like there; neither holds on new images.
Here the labels are drawn with noise around what is asked, and the grid tells nothing of it: the decoder can only answer by reading the labels.
"""
import numpy as np

from .labels import EASY, LABELS, OWN, settled, targets

SOURCES = {OWN: 1.0, "nih-chestxray14": 0.32, "kermany-cxr": 0.16, "busi": 0.15, "figshare-brain-tumor": 0.14, "iq-othnccd": 0.07, "pocus": 0.03,
           "vqa-med-2019": 0.12, "vqa-rad": 0.06, "hc18": 0.03}
CENTRE, SPREAD = 2.0, 1.3  # of the drawn logits: plus or minus the one, and how far around it
SURE = 4.0  # what kind of image it is, the encoder knows
HIDDEN = 0.5  # of the grids
SURELY = np.array([n.split(":")[0] in EASY and n not in ("child:pneumonia", "child:bacteria", "view:AP") for n in LABELS])


class Practice:
    def __init__(self, records):
        """records: all of them, with their numbers; those of train are drawn from."""
        self.records = records
        # an own report may say more than its labels
        self.rows = {s: [i for i, r in enumerate(records) if r["source"] == s and r["split"] == "train" and not r.get("report")] for s in SOURCES}
        self.shares = {s: p for s, p in SOURCES.items() if self.rows[s]}

    def draw(self, rng):
        """A record to ask about."""
        sources, shares = zip(*self.shares.items())
        rows = self.rows[sources[rng.choice(len(sources), p=np.array(shares) / sum(shares))]]
        record = self.records[rows[int(rng.integers(len(rows)))]]
        return record | {"qa": [q for q in record.get("qa", []) if settled(record, q)]}

    @staticmethod
    def logits(record, others, rng):
        """What the record states, drawn with noise; what it doesn't, from another image of its source."""
        t = targets(record)
        centre = np.where(SURELY, SURE, CENTRE) * (2 * np.nan_to_num(t) - 1)
        return np.where(np.isnan(t), others, rng.normal(centre, SPREAD)).astype(np.float32)
