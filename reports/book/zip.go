package book

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

const contentTypes = "[Content_Types].xml"

// parts writes a zip file whose bytes depend on the contents only. excelize
// writes streamed sheets in the order of a map, which differs from run to run.
type parts struct {
	out      io.Writer
	list     []*part
	fillings map[string]filling // by the name of the part
}

type part struct {
	name string
	bytes.Buffer
	filling
}

// filling is what is written here and not by excelize, for which it is too much.
type filling struct {
	mark    string // what of excelize's it stands in place of
	content io.WriterTo
}

// Create and Close, and AddFS which excelize never calls, make it a zip writer
// for excelize.
func (p *parts) Create(name string) (io.Writer, error) {
	one := &part{name: name, filling: p.fillings[name]}
	p.list = append(p.list, one)
	return one, nil
}

func (p *parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

// WriteTo writes the part with its filling.
func (p *part) WriteTo(out io.Writer) (int64, error) {
	if p.content == nil {
		n, err := out.Write(p.Bytes())
		return int64(n), err
	}
	at := bytes.Index(p.Bytes(), []byte(p.mark))
	if at < 0 {
		return 0, fmt.Errorf("book: no %s in %s", p.mark, p.name)
	}
	n, err := out.Write(p.Bytes()[:at])
	if err != nil {
		return int64(n), err
	}
	m, err := p.content.WriteTo(out)
	if err != nil {
		return int64(n) + m, err
	}
	k, err := out.Write(p.Bytes()[at+len(p.mark):])
	return int64(n) + m + int64(k), err
}

// Close packs the parts, of which each is made and read once, and then writes them
// all: the seal, which is in an early one, is a hash of them.
func (p *parts) Close() error {
	slices.SortFunc(p.list, func(a, b *part) int { return compareParts(a.name, b.name) })
	sum := sha256.New()
	packed := packings.Get().(*bytes.Buffer)
	packed.Reset()
	defer packings.Put(packed)
	var list []packedPart
	sealed := -1
	for i, one := range p.list {
		if one.name == sealPart {
			sealed = i
		}
		inner := sha256.New()
		done, err := one.pack(packed, inner)
		if err != nil {
			return err
		}
		addHash(sum, one.name, inner)
		list = append(list, done)
	}
	if sealed < 0 || !p.list[sealed].seal(sum) {
		return errors.New("book: no place for the seal")
	}
	var err error
	if list[sealed], err = p.list[sealed].pack(packed, io.Discard); err != nil {
		return err
	}
	z := zip.NewWriter(p.out)
	for _, one := range list {
		w, err := z.CreateRaw(&one.FileHeader)
		if err != nil {
			return err
		}
		if _, err := w.Write(packed.Bytes()[one.from:][:one.CompressedSize64]); err != nil {
			return err
		}
	}
	return z.Close()
}

// packedPart is a part as it stands in the file.
type packedPart struct {
	zip.FileHeader
	from int // where it begins among the packed parts
}

// packings hold the packed parts of a file; they are used again.
var packings = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// pack compresses a part; also gets what it has been before.
func (p *part) pack(packed *bytes.Buffer, also io.Writer) (packedPart, error) {
	from := packed.Len()
	check := crc32.NewIEEE()
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(packed)
	n, err := p.WriteTo(io.MultiWriter(w, check, also))
	if err = cmp.Or(err, w.Close()); err != nil {
		return packedPart{}, err
	}
	return packedPart{zip.FileHeader{
		Name:               p.name,
		Method:             zip.Deflate,
		CRC32:              check.Sum32(),
		CompressedSize64:   uint64(packed.Len() - from),
		UncompressedSize64: uint64(n),
		//lint:ignore SA1019 CreateRaw writes this one
		ModifiedDate: 1<<5 + 1, // a zip file must have some time; this is the earliest it can: 1980-01-01
	}, from}, nil
}

// deflateLevel is the fastest: a report is packed in a fourth of the time that the
// usual one takes in the standard library, and is a tenth larger.
const deflateLevel = flate.BestSpeed

// deflaters are used again: each has half a megabyte of tables.
var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, deflateLevel) // fails only for a level that there isn't
	return w
}}

// compareParts orders parts by name, but the content types come first, as
// programs that read the file as a stream expect.
func compareParts(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == contentTypes:
		return -1
	case b == contentTypes:
		return 1
	}
	return strings.Compare(a, b)
}

// sortContentTypes sorts the types of files and parts: excelize adds some in the order
// of a map, and it means nothing.
func sortContentTypes(f *excelize.File) {
	files, parts := f.ContentTypes.Defaults, f.ContentTypes.Overrides
	sort.Slice(files, func(i, j int) bool { return files[i].Extension < files[j].Extension })
	sort.Slice(parts, func(i, j int) bool { return parts[i].PartName < parts[j].PartName })
}
