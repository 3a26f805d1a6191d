package book

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

const contentTypes = "[Content_Types].xml"

// parts writes a zip file whose bytes depend on the contents only. excelize
// writes streamed sheets, and the elements of the content types, in the order
// of a map, which differs from run to run.
type parts struct {
	out  io.Writer
	list []*part
	rows map[string][][]byte // of the sheets, by the name of the part
}

type part struct {
	name string
	bytes.Buffer
	pieces [][]byte // what it consists of, once it is whole
}

// noRows is where the rows of a sheet go.
const noRows = "<sheetData></sheetData>"

// whole puts the rows of a sheet into their place.
func (p *part) whole(rows [][]byte) {
	const inside = len(noRows) - len("</sheetData>")
	p.pieces = [][]byte{p.Bytes()}
	if at := bytes.Index(p.Bytes(), []byte(noRows)); at >= 0 && rows != nil {
		at += inside
		p.pieces = slices.Concat([][]byte{p.Bytes()[:at]}, rows, [][]byte{p.Bytes()[at:]})
	}
}

// WriteTo writes all pieces.
func (p *part) WriteTo(w io.Writer) (int64, error) {
	n := int64(0)
	for _, piece := range p.pieces {
		m, err := w.Write(piece)
		if n += int64(m); err != nil {
			return n, err
		}
	}
	return n, nil
}

// Create and Close, and AddFS which excelize never calls, make it a zip writer
// for excelize.
func (p *parts) Create(name string) (io.Writer, error) {
	one := &part{name: name}
	p.list = append(p.list, one)
	return one, nil
}

func (p *parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

func (p *parts) Close() error {
	slices.SortFunc(p.list, func(a, b *part) int { return compareParts(a.name, b.name) })
	for _, one := range p.list {
		if one.name == contentTypes {
			sorted := sortContentTypes(one.Bytes())
			one.Reset()
			one.Write(sorted)
		}
		one.whole(p.rows[one.name])
	}
	if err := p.seal(); err != nil {
		return err
	}
	z := zip.NewWriter(p.out)
	z.RegisterCompressor(zip.Deflate, newDeflater)
	for _, one := range p.list {
		w, err := z.CreateHeader(&zip.FileHeader{
			Name:   one.name,
			Method: zip.Deflate,
			// A zip file must have some time; this is the earliest it can.
			Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
		})
		if err != nil {
			return err
		}
		if _, err := one.WriteTo(w); err != nil {
			return err
		}
	}
	return z.Close()
}

// deflateLevel is one that needs half the time of the usual 5; the file is a tenth
// larger.
const deflateLevel = 3

// deflaters are used again: each has half a megabyte of tables.
var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, deflateLevel) // fails only for a level that there isn't
	return w
}}

func newDeflater(out io.Writer) (io.WriteCloser, error) {
	w := deflaters.Get().(*flate.Writer)
	w.Reset(out)
	return &deflater{w}, nil
}

type deflater struct{ *flate.Writer }

// Close ends the part and gives the writer back.
func (d *deflater) Close() error {
	err := d.Writer.Close()
	deflaters.Put(d.Writer)
	return err
}

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

var contentType = regexp.MustCompile(`<(Default|Override) [^>]*></(Default|Override)>`)

// sortContentTypes sorts the elements, whose order means nothing.
func sortContentTypes(xml []byte) []byte {
	all := contentType.FindAll(xml, -1)
	slices.SortFunc(all, bytes.Compare)
	next := 0
	return contentType.ReplaceAllFunc(xml, func([]byte) []byte {
		next++
		return all[next-1]
	})
}
