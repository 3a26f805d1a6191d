package book

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"hash"
	"io"
	"slices"
	"strings"
)

// A sealed file carries the SHA-256 of all its parts as a document property.
// It tells a report nobody touched, which may be written anew, from one
// somebody worked on, which may not. It is no protection against forgery.
const (
	sealName = "dudao-seal"
	sealPart = "docProps/custom.xml"
)

// unsealed stands where the seal will be, since a hash can't contain itself.
var unsealed = strings.Repeat("0", sha256.Size*2)

// maxUnpacked limits what a file may unpack to: the data of a zip file of
// some kilobytes can be endless.
const maxUnpacked = 256 << 20

// Untouched reports whether the file is one that Write wrote (ours), and
// whether it is still as written (untouched). Saving it in an office program is
// a touch even without a change, since each writes the parts in its own way.
// Anything that can't be read is not ours.
func Untouched(data []byte) (ours, untouched bool) {
	return untouchedWithin(maxUnpacked, data)
}

func untouchedWithin(limit int64, data []byte) (ours, untouched bool) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false, false
	}
	seal, err := findSeal(archive)
	if err != nil {
		return false, false
	}
	files := archive.File
	slices.SortStableFunc(files, func(a, b *zip.File) int { return compareParts(a.Name, b.Name) })
	sum := sha256.New()
	for _, file := range files {
		content, err := file.Open()
		if err != nil {
			return true, false
		}
		// What is beyond the limit isn't read, and then the sum is another.
		limited := &io.LimitedReader{R: content, N: limit}
		if file.Name == sealPart {
			err = addSealPart(sum, limited, seal)
		} else {
			err = addPart(sum, file.Name, limited)
		}
		content.Close()
		if limit = limited.N; err != nil {
			return true, false
		}
	}
	return true, hex.EncodeToString(sum.Sum(nil)) == seal
}

// seal puts the hash of all parts into its place; false if there is none.
func (p *part) seal(sum hash.Hash) bool {
	if bytes.Count(p.Bytes(), []byte(unsealed)) != 1 {
		return false
	}
	content := bytes.Replace(p.Bytes(), []byte(unsealed), []byte(hex.EncodeToString(sum.Sum(nil))), 1)
	p.Reset()
	p.Write(content)
	return true
}

// addPart adds a part to the hash. Name and content are hashed by themselves
// first, so that nothing can move from one to the other unseen.
func addPart(sum hash.Hash, name string, content io.Reader) error {
	inner := sha256.New()
	if _, err := io.Copy(inner, content); err != nil {
		return err
	}
	addHash(sum, name, inner)
	return nil
}

func addHash(sum hash.Hash, name string, content hash.Hash) {
	n := sha256.Sum256([]byte(name))
	sum.Write(n[:])
	sum.Write(content.Sum(nil))
}

func addSealPart(sum hash.Hash, content io.Reader, seal string) error {
	xml, err := io.ReadAll(content)
	if err != nil {
		return err
	}
	return addPart(sum, sealPart, bytes.NewReader(bytes.Replace(xml, []byte(seal), []byte(unsealed), 1)))
}

var errNoSeal = errors.New("book: no seal")

// findSeal reads the property as XML: other programs write it in their way.
func findSeal(archive *zip.Reader) (string, error) {
	var properties struct {
		Property []struct {
			Name  string `xml:"name,attr"`
			Value string `xml:"lpwstr"`
		} `xml:"property"`
	}
	for _, file := range archive.File {
		if file.Name != sealPart {
			continue
		}
		content, err := file.Open()
		if err != nil {
			return "", err
		}
		defer content.Close()
		if err := xml.NewDecoder(io.LimitReader(content, 1<<20)).Decode(&properties); err != nil {
			return "", err
		}
		for _, p := range properties.Property {
			if p.Name == sealName && len(p.Value) == len(unsealed) {
				return p.Value, nil
			}
		}
	}
	return "", errNoSeal
}
