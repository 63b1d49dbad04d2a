#!/usr/bin/env python3
"""Reads a dataset with independent programs and says whether everything in it fits together.

    python3 -m venv venv && venv/bin/pip install tifffile scikit-image pycocotools jsonschema pyyaml
    venv/bin/python scripts/dataset/check.py DATASET [DATASET ...]

tifffile reads TIFF and OME-TIFF, scikit-image the PNG files, YOLO outlines and the labels' regions, pycocotools the COCO files; jsonschema
compares recipe.json with the published schema. OME-Zarr is read by numpy, and its metadata are compared with the rules of
NGFF 0.4. Exits with 1 if anything does not fit.
"""
import csv
import hashlib
import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import numpy as np
import skimage.io
import skimage.measure
import tifffile
import yaml
from pycocotools.coco import COCO

SCHEMA = Path(__file__).parents[2] / "src/main/resources/io/github/zimagefiji/dataset/dataset-recipe.schema.json"
NAMESPACE = "{http://www.openmicroscopy.org/Schemas/OME/2016-06}"


class Check:
    def __init__(self, root):
        self.root = Path(root)
        self.recipe = json.loads((self.root / "recipe.json").read_text(encoding="utf-8"))
        with open(self.root / "manifest.csv", newline="", encoding="utf-8") as file:
            self.rows = list(csv.DictReader(file))
        self.faults = []
        self.counts = {}

    def demand(self, true, what):
        if not true:
            self.faults.append(what)

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def run(self):
        jsonschema.validate(self.recipe, json.loads(SCHEMA.read_text(encoding="utf-8")))
        self.manifest()
        for row in self.rows:
            if row["status"] == "accepted":
                self.item(row)
        if "coco" in self.recipe["outputs"]:
            for split in ("train", "val", "test"):
                self.coco(split)
        return self.faults

    def manifest(self):
        self.demand([int(row["index"]) for row in self.rows] == list(range(self.recipe["items"])), "manifest: indices")
        groups = {}
        for row in self.rows:
            self.demand(groups.setdefault(row["group"], row["split"]) == row["split"], f"group {row['group']} in two splits")

    def item(self, row):
        name, split, labelled = row["name"], row["split"], row["ground_truth"] == "true"
        image = labels = None
        for output in self.recipe["outputs"]:
            if output == "tiff":
                pair = self.pair(self.root / f"tiff/{split}/images/{name}.tif", self.root / f"tiff/{split}/labels/{name}.tif", labelled)
            elif output == "cellpose":
                pair = self.pair(self.root / f"cellpose/{split}/{name}.tif", self.root / f"cellpose/{split}/{name}_masks.tif", labelled)
            elif output == "stardist":
                pair = self.pair(self.root / f"stardist/{split}/images/{name}.tif", self.root / f"stardist/{split}/masks/{name}.tif", labelled)
            elif output == "ome-tiff":
                base = self.root / f"ome-tiff/{split}/{name}"
                pair = self.ome(f"{base}.ome.tif", row), self.ome(f"{base}_labels.ome.tif", row) if labelled else None
            elif output == "ome-zarr":
                pair = self.zarr(self.root / f"ome-zarr/{split}/{name}.zarr", labelled)
            elif output == "yolo":
                pair = self.yolo(split, name, labelled)
            else:
                pair = skimage.io.imread(self.root / f"coco/{split}/{name}.png"), None
            self.count(output)
            image = pair[0] if image is None else image
            labels = pair[1] if labels is None else labels
            self.demand(pair[0].shape == image.shape and (pair[0] == image).all(), f"{name}: {output} has other pixels")
            if pair[1] is not None:
                self.demand((pair[1] == labels).all(), f"{name}: {output} has other labels")
        planes = np.moveaxis(image, -1, 0) if image.ndim == 3 else image
        planes = np.ascontiguousarray(planes, dtype=image.dtype.newbyteorder("<"))
        self.demand(hashlib.sha256(planes.tobytes()).hexdigest() == row["image_sha256"], f"{name}: image_sha256")
        if labels is not None:
            data = np.ascontiguousarray(labels, dtype="<u2").tobytes()
            self.demand(hashlib.sha256(data).hexdigest() == row["labels_sha256"], f"{name}: labels_sha256")
            regions = skimage.measure.regionprops(labels.astype(np.int32))
            self.demand([r.label for r in regions] == list(range(1, int(row["objects"]) + 1)), f"{name}: labels are not 1 to n")

    def pair(self, image, labels, labelled):
        return tifffile.imread(image), self.labels(tifffile.imread(labels)) if labelled else None

    def labels(self, labels):
        self.demand(labels.dtype == np.uint16, "labels are not of 16 bits")
        return labels

    def ome(self, file, row):
        with tifffile.TiffFile(file) as tiff:
            self.demand(tiff.is_ome, f"{file}: tifffile sees no OME-TIFF")
            data = tiff.series[0].asarray()
            pixels = ET.fromstring(tiff.ome_metadata).find(f"{NAMESPACE}Image/{NAMESPACE}Pixels")
            self.demand((pixels.get("SizeX"), pixels.get("SizeY")) == (row["width"], row["height"]), f"{file}: OME size")
            self.demand(pixels.get("Type") == str(data.dtype), f"{file}: OME type")
            self.demand((pixels.get("BigEndian") == "true") == (tiff.byteorder == ">"), f"{file}: OME byte order")
        return data

    def zarr(self, group, labelled):
        attributes = self.multiscales(group)
        image = self.array(group / "0", attributes)
        image = np.moveaxis(image, 0, -1) if image.shape[0] > 1 else image[0]
        if not labelled:
            return image, None
        names = json.loads((group / "labels/.zattrs").read_text())["labels"]
        self.demand(names == ["objects"], f"{group}: labels")
        label_group = group / "labels" / names[0]
        attributes = self.multiscales(label_group)
        facts = attributes["image-label"]
        self.demand(facts["version"] == "0.4", f"{group}: image-label version")
        self.demand((label_group / facts["source"]["image"]).resolve() == group.resolve(), f"{group}: source of labels")
        values = [p["label-value"] for p in facts["properties"]]
        self.demand(len(values) == len(set(values)), f"{group}: label values twice")
        labels = self.array(label_group / "0", attributes)
        self.demand(labels.dtype.kind == "u", f"{group}: labels must be whole numbers")
        return image, labels[0]

    def multiscales(self, group):
        self.demand(json.loads((group / ".zgroup").read_text()) == {"zarr_format": 2}, f"{group}: .zgroup")
        attributes = json.loads((group / ".zattrs").read_text())
        for scale in attributes["multiscales"]:
            self.demand(scale["version"] == "0.4", f"{group}: version")
            types = [axis["type"] for axis in scale["axes"]]
            self.demand(2 <= len(types) <= 5 and types.count("space") in (2, 3), f"{group}: axes")
            self.demand(types == sorted(types, key=["time", "channel", "space"].index), f"{group}: order of axes")
            for dataset in scale["datasets"]:
                kinds = [t["type"] for t in dataset["coordinateTransformations"]]
                self.demand(kinds in (["scale"], ["scale", "translation"]), f"{group}: transformations")
                self.demand(all(len(t[t["type"]]) == len(types) for t in dataset["coordinateTransformations"]), f"{group}: scale")
        return attributes

    def array(self, folder, attributes):
        meta = json.loads((folder / ".zarray").read_text())
        self.demand(meta["zarr_format"] == 2 and meta["order"] == "C" and meta["compressor"] is None, f"{folder}: .zarray")
        self.demand(len(meta["shape"]) == len(attributes["multiscales"][0]["axes"]), f"{folder}: axes of the array")
        data = np.full(meta["shape"], meta["fill_value"], dtype=meta["dtype"])
        for chunk in folder.rglob("*"):
            if chunk.is_file() and chunk.name != ".zarray":
                at = [int(i) * size for i, size in zip(chunk.relative_to(folder).parts, meta["chunks"])]
                block = np.frombuffer(chunk.read_bytes(), dtype=meta["dtype"]).reshape(meta["chunks"])
                data[tuple(slice(a, a + size) for a, size in zip(at, meta["chunks"]))] = block
        return data

    def yolo(self, split, name, labelled):
        image = skimage.io.imread(self.root / f"yolo/images/{split}/{name}.png")
        if not labelled:
            return image, None
        height, width = image.shape[:2]
        # beside the middles of pixels, through which a joining line may lead
        points = np.stack([axis.ravel() for axis in np.meshgrid(np.arange(width) + 0.47, np.arange(height) + 0.512)], axis=1)
        labels = np.zeros(height * width, np.uint16)
        classes = yaml.safe_load((self.root / "yolo/data.yaml").read_text(encoding="utf-8"))["names"]
        for number, line in enumerate((self.root / f"yolo/labels/{split}/{name}.txt").read_text().splitlines(), 1):
            words = line.split()
            self.demand(int(words[0]) in classes, f"{name}: YOLO class of object {number}")
            corners = np.array(words[1:], float).reshape(-1, 2) * (width, height)
            labels[skimage.measure.points_in_poly(points, corners)] = number
            self.count("YOLO objects")
        return image, labels.reshape(height, width)

    def coco(self, split):
        rows = [row for row in self.rows if row["split"] == split and row["status"] == "accepted"]
        if not rows:
            return
        outlines = COCO(self.root / f"coco/instances_{split}.json")
        runs = COCO(self.root / f"coco/instances_{split}_rle.json")
        self.demand(len(outlines.imgs) == len(rows), f"coco {split}: images")
        for image_id, row in enumerate(rows, 1):
            picture = self.root / "coco" / outlines.imgs[image_id]["file_name"]
            self.demand(picture.exists() and picture.stem == row["name"], f"coco: {picture}")
            self.objects(row, outlines, runs, image_id)

    def objects(self, row, outlines, runs, image_id):
        anns = runs.loadAnns(runs.getAnnIds(image_id))
        self.demand(len(anns) == int(row["objects"]), f"{row['name']}: number of COCO objects")
        labels = np.zeros((int(row["height"]), int(row["width"])), np.uint16)
        for number, ann in enumerate(anns, 1):
            mask = runs.annToMask(ann).astype(bool)
            labels[mask] = number
            self.demand(mask.sum() == ann["area"], f"{row['name']}: COCO area of object {number}")
            ys, xs = np.nonzero(mask)
            box = [xs.min(), ys.min(), np.ptp(xs) + 1, np.ptp(ys) + 1]
            self.demand(box == ann["bbox"], f"{row['name']}: COCO box of object {number}")
            polygon = outlines.annToMask(outlines.anns[ann["id"]]).astype(bool)
            self.demand((polygon == mask).all(), f"{row['name']}: COCO outlines of object {number}")
            self.count("COCO objects")
        self.demand(hashlib.sha256(labels.astype("<u2").tobytes()).hexdigest() == row["labels_sha256"],
                    f"{row['name']}: COCO run lengths are not the labels")


def main():
    bad = False
    for root in sys.argv[1:]:
        check = Check(root)
        faults = check.run()
        print(f"{root}: {len(check.rows)} rows, read {check.counts}")
        for fault in faults:
            print(f"  FAULT {fault}")
        bad |= bool(faults)
        print("  everything fits" if not faults else f"  {len(faults)} faults")
    sys.exit(1 if bad or len(sys.argv) < 2 else 0)


if __name__ == "__main__":
    main()
