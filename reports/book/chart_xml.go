package book

// chartTemplate is the drawing of a chart. Excel calls a file damaged in which
// these elements stand in another order.
const chartTemplate = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>
<c:chart>
{{- if .Title}}{{template "title" .Title}}{{end -}}
<c:autoTitleDeleted val="{{if .Title}}0{{else}}1{{end}}"/>
<c:plotArea><c:layout/>
{{- if .Bars}}
<c:barChart><c:barDir val="{{.Direction}}"/><c:grouping val="clustered"/><c:varyColors val="0"/>
{{- range $i, $s := .Series}}{{if not .Line}}
<c:ser>{{template "name" .}}
<c:spPr><a:solidFill><a:srgbClr val="{{if .Pale}}E3E6EA{{else}}2F5597{{end}}"/></a:solidFill><a:ln w="6350">{{if .Dense}}<a:noFill/>{{else}}<a:solidFill><a:srgbClr val="595959"/></a:solidFill>{{end}}</a:ln></c:spPr>
<c:invertIfNegative val="0"/>
{{- if .Labels}}
<c:dLbls><c:numFmt formatCode="General" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>
<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr b="1"><a:solidFill><a:srgbClr val="{{if eq $i 0}}000000{{else}}FFFFFF{{end}}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>
<c:dLblPos val="{{if eq $i 0}}outEnd{{else}}inBase{{end}}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
{{- end}}
{{template "names" $.Names}}{{template "values" .Values}}</c:ser>
{{- end}}{{end}}
<c:gapWidth val="50"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>
{{- end}}
{{- if .Lines}}
<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>
{{- range .Series}}{{if .Line}}
<c:ser>{{template "name" .}}
<c:spPr><a:ln w="22225" cap="flat"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:prstDash val="dash"/></a:ln></c:spPr>
<c:marker><c:symbol val="none"/></c:marker>
{{template "names" $.Names}}{{template "values" .Values}}<c:smooth val="0"/></c:ser>
{{- end}}{{end}}
<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>
{{- end}}
<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{{.Order}}"/></c:scaling><c:delete val="0"/><c:axPos val="{{.CategoryPos}}"/>
{{- if .CategoryTitle}}{{template "axis" .CategoryTitle}}{{end}}
<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{{if .Names}}low{{else}}none{{end}}"/>{{template "black"}}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>
<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{{if .FromZero}}<c:min val="0"/>{{end}}</c:scaling><c:delete val="0"/><c:axPos val="{{.ValuePos}}"/>
<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>
{{- if .ValueTitle}}{{if .Sideways}}{{template "axis" .ValueTitle}}{{else}}{{template "upright" .ValueTitle}}{{end}}{{end}}
<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{{template "black"}}<c:crossAx val="1"/><c:crosses val="{{.Crosses}}"/><c:crossBetween val="between"/></c:valAx>
<c:spPr><a:noFill/></c:spPr></c:plotArea>
{{- if gt (len .Series) 1}}
<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>
{{- end}}
<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>
<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></c:spPr>
<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="{{bodyFont}}"/><a:ea typeface="{{bodyFont}}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>
</c:chartSpace>
{{- define "title"}}
<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1100" b="1"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1100" b="1"><a:latin typeface="{{headFont}}"/><a:ea typeface="{{headFont}}"/></a:rPr><a:t>{{x .}}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>
{{- end}}
{{- define "axis"}}
<c:title><c:tx><c:rich><a:bodyPr/>{{template "axis text" .}}
{{- end}}
{{- define "upright"}}
<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="eaVert"/>{{template "axis text" .}}
{{- end}}
{{- define "axis text"}}<a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="900" b="0"><a:latin typeface="{{bodyFont}}"/><a:ea typeface="{{bodyFont}}"/></a:rPr><a:t>{{x .}}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>
{{- end}}
{{- define "name"}}<c:idx val="{{.Index}}"/><c:order val="{{.Index}}"/><c:tx><c:v>{{x .Name}}</c:v></c:tx>{{end}}
{{- define "names"}}{{with .}}<c:cat><c:strRef><c:f>{{x .Formula}}</c:f><c:strCache>{{template "points" .}}</c:strCache></c:strRef></c:cat>{{end}}{{end}}
{{- define "values"}}<c:val><c:numRef><c:f>{{x .Formula}}</c:f><c:numCache><c:formatCode>General</c:formatCode>{{template "points" .}}</c:numCache></c:numRef></c:val>{{end}}
{{- define "points"}}<c:ptCount val="{{.Count}}"/>{{.Points}}{{end}}
{{- define "black"}}<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="595959"/></a:solidFill></a:ln></c:spPr>{{end}}
`

// The XML that places the charts of a sheet, as excelize writes it.
const (
	placesHead = `<?xml version="1.0" encoding="UTF-8"?>
<xdr:wsDr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">`
	placeFrom  = `<xdr:twoCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`
	placeTo    = `<xdr:to><xdr:col>%d</xdr:col><xdr:colOff>%d</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>%d</xdr:rowOff></xdr:to>`
	placeChart = `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="%[1]d" name="Chart %[1]d" descr="%[2]s"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>` +
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rId%[1]d"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData fLocksWithSheet="true" fPrintsWithSheet="true"/></xdr:twoCellAnchor>`
	placesEnd = `</xdr:wsDr>`
)
