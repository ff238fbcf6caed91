import argparse

parser = argparse.ArgumentParser(prog="overread_training")
parser.add_argument("stage", choices=["encoder"])
parser.add_argument("--data", required=True)
parser.add_argument("--work", required=True)
parser.add_argument("--passes", type=int, default=5)
args = parser.parse_args()
from . import encoder
encoder.train(args.data, args.work, args.passes)
