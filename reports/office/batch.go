package office

import (
	"cmp"
	"maps"
	"os"
	"slices"
)

// batch is how many files one start of LibreOffice gets at most: few enough that two
// have something to do, many against the eight seconds of computing that a start takes.
const batch = 60

// free has room for two starts at a time, of all tests of a package.
var free = make(chan bool, 2)

// task is what is done with files in a folder of its own.
type task[T any] func(program, dir string, files map[string][]byte) (map[string]T, error)

// inBatches gives the files to several starts of LibreOffice, two at a time.
func inBatches[T any](program string, files map[string][]byte, do task[T]) (map[string]T, error) {
	type result struct {
		done map[string]T
		err  error
	}
	names := slices.Sorted(maps.Keys(files))
	parts := slices.Collect(slices.Chunk(names, batch))
	results := make(chan result)
	for _, part := range parts {
		go func() {
			free <- true
			done, err := inOwnFolder(program, part, files, do)
			<-free
			results <- result{done, err}
		}()
	}
	all := map[string]T{}
	var first error
	for range parts {
		r := <-results
		first = cmp.Or(first, r.err)
		maps.Copy(all, r.done)
	}
	return all, first
}

// inOwnFolder does the task with some of the files in a folder that goes away
// afterwards.
func inOwnFolder[T any](program string, names []string, files map[string][]byte, do task[T]) (map[string]T, error) {
	dir, err := os.MkdirTemp("", "dudao-office-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	own := map[string][]byte{}
	for _, name := range names {
		own[name] = files[name]
	}
	return do(program, dir, own)
}
