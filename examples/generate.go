// Package examples holds the worked examples, one folder a story. What is
// computed in them is made by go generate and checked by a test.
package examples

//go:generate go run ../cmd/dudao form funding-no-decrease@2021.1 --fill gaoping-2021/return.yaml -o gaoping-2021/填报表.xlsx --force
//go:generate go run ../cmd/dudao score gaoping-2021/填报表.xlsx --force
//go:generate go run class-size/generate.go
//go:generate go run ../cmd/dudao form class-size@2021.1 --fill class-size/return.yaml -o class-size/填报表.xlsx --force
//go:generate go run ../cmd/dudao score class-size/填报表.xlsx --force
//go:generate go run ../cmd/dudao form county-duty-2022 --fill gaoping-duty-2022/return.yaml -o gaoping-duty-2022/填报表.xlsx --force
//go:generate go run ../cmd/dudao score gaoping-duty-2022/填报表.xlsx --force
//go:generate go run county/generate.go
//go:generate go run ../cmd/dudao fmt -w county/return.yaml
//go:generate go run ../cmd/dudao score county/return.yaml -r funding-no-decrease -r class-size -r quality-balanced-2017 -r preschool-2020 -r county-duty-2022 -r county-duty-deduct -r basic-balanced-2012 -r modernisation-letters -o county --force
//go:generate go run ../cmd/dudao score workplan-suining-2018/return.yaml --force
//go:generate go run ../cmd/dudao score workplan-yichang-2022/return.yaml --force
//go:generate go run ../cmd/dudao score workplan-haining-2021/return.yaml --force
//go:generate go run ../cmd/dudao score workplan-county-2015/return.yaml --force
//go:generate go run ../cmd/dudao form school-quality --fill school-quality/return.yaml -o school-quality/填报表.xlsx --force
//go:generate go run ../cmd/dudao score school-quality/填报表.xlsx --force
//go:generate go run ../cmd/dudao form kindergarten-grade --fill kindergarten-grade/return.yaml -o kindergarten-grade/填报表.xlsx --force
//go:generate go run ../cmd/dudao score kindergarten-grade/填报表.xlsx --force
